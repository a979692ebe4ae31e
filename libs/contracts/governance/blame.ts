import type { Type } from 'avsc';
import { whyUnreadable } from './can-read.ts';

/** The smallest part of two schemas that keeps one from reading the other. `path` as in `items[].quantity`; empty: the record. */
export type Blame = { readonly path: string } & (
  | { readonly kind: 'field'; readonly fieldType: string }
  | { readonly kind: 'name' | 'type' | 'other'; readonly readerSays: string; readonly writerSays: string }
  | { readonly kind: 'symbol' | 'branch'; readonly missing: readonly string[] }
);

type Field = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly type: Type;
  defaultValue(): unknown;
};
type OfKind<K extends string> = Type & { readonly typeName: K };
type RecordOf = OfKind<'record'> & { readonly fields: readonly Field[] };
type EnumOf = OfKind<'enum'> & { readonly symbols: readonly string[] };

const isRecord = (type: Type): type is RecordOf => type.typeName === 'record';
const isEnum = (type: Type): type is EnumOf => type.typeName === 'enum';
// Shapes and not avsc's classes: its typings declare no common one for the parts of a type.
const branchesOf = (type: Type): readonly Type[] | undefined =>
  type.typeName.startsWith('union:') ? (type as unknown as { types: readonly Type[] }).types : undefined;
const contentOf = (type: Type): Type | undefined => {
  if (type.typeName === 'array') return (type as unknown as { itemsType: Type }).itemsType;
  return type.typeName === 'map' ? (type as unknown as { valuesType: Type }).valuesType : undefined;
};

/** A type in a word or two: `long`, `null or orderline.orders.Personal`, `list of string`. */
export const spell = (type: Type): string => {
  const branches = branchesOf(type);
  if (branches) return branches.map(spell).join(' or ');
  const content = contentOf(type);
  if (content) return `${type.typeName === 'array' ? 'list' : 'map'} of ${spell(content)}`;
  return type.name ?? type.typeName;
};

const inside = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const writersField = (field: Field, writer: RecordOf): Field | undefined =>
  writer.fields.find(({ name }) => name === field.name || field.aliases?.includes(name));

const blameFields = (reader: RecordOf, writer: RecordOf, path: string): Blame[] =>
  reader.fields.flatMap((field): Blame[] => {
    const written = writersField(field, writer);
    const at = inside(path, field.name);
    if (written) return blame(field.type, written.type, at);
    return field.defaultValue() === undefined ? [{ kind: 'field', path: at, fieldType: spell(field.type) }] : [];
  });

const says = (reader: Type, writer: Type) => ({ readerSays: spell(reader), writerSays: spell(writer) });

const alike = (left: Type, right: Type): boolean => left.typeName === right.typeName && left.name === right.name;

const blameUnion = (reader: Type, writer: Type, path: string): Blame[] => {
  const written = branchesOf(writer) ?? [writer];
  const readable = branchesOf(reader) ?? [reader];
  const refused = written.filter((branch) => whyUnreadable(reader, branch) !== undefined);
  const unknown = refused.filter((branch) => !readable.some((known) => alike(known, branch)));
  if (unknown.length > 0) return [{ kind: 'branch', path, missing: unknown.map(spell) }];
  return refused.flatMap((branch) => {
    const counterpart = readable.find((known) => alike(known, branch));
    return counterpart ? blame(counterpart, branch, path) : [];
  });
};

const ofOneKind = (reader: Type, writer: Type, path: string): Blame[] => {
  if (isRecord(reader) && isRecord(writer)) return blameFields(reader, writer, path);
  if (isEnum(reader) && isEnum(writer)) {
    const { symbols } = reader;
    return [{ kind: 'symbol', path, missing: writer.symbols.filter((symbol) => !symbols.includes(symbol)) }];
  }
  const [read, written] = [contentOf(reader), contentOf(writer)];
  return read && written ? blame(read, written, `${path}[]`) : [];
};

const parts = (reader: Type, writer: Type, path: string): Blame[] => {
  if (branchesOf(reader) ?? branchesOf(writer)) return blameUnion(reader, writer, path);
  if (reader.typeName !== writer.typeName) return [{ kind: 'type', path, ...says(reader, writer) }];
  if (reader.name !== writer.name) return [{ kind: 'name', path, ...says(reader, writer) }];
  return ofOneKind(reader, writer, path);
};

/**
 * Why `reader` cannot read `writer`, down to the parts that are at fault; empty exactly when it can. The walk only looks
 * where `whyUnreadable` says no, and what it finds no words for is blamed as a whole: an explanation can be missing in
 * detail, never a refusal.
 */
export const blame = (reader: Type, writer: Type, path = ''): Blame[] => {
  if (whyUnreadable(reader, writer) === undefined) return [];
  const found = parts(reader, writer, path);
  return found.length > 0 ? found : [{ kind: 'other', path, ...says(reader, writer) }];
};
