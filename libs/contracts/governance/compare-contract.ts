import type { Type } from 'avsc';
import { blame } from './blame.ts';
import { compileSchema } from './can-read.ts';
import { compareMeaning } from './compare-meaning.ts';
import type { BreakingChange, ContractChange } from './contract-change.ts';
import type { Explanation, Reading } from './explain-blame.ts';
import { explainBlame } from './explain-blame.ts';
import { fieldsOf } from './fields-of.ts';

/** One version of an event type: a self-contained Avro schema as parsed JSON. */
export type VersionedSchema = { readonly type: string; readonly schemaVersion: number; readonly schema: unknown };

type Compiled = VersionedSchema & { readonly compiled: Type };

/** The writer's field that the reader's missing one may have become: by its alias, or the first new one of its type. */
const heirIn =
  (reader: unknown, writer: unknown) =>
  (path: string): string | undefined => {
    const known = fieldsOf(reader);
    const missing = known.find((field) => field.path === path);
    const fresh = fieldsOf(writer).filter((field) => !known.some((other) => other.path === field.path));
    const name = path.split('.').at(-1) ?? '';
    return (fresh.find(({ aliases }) => aliases.includes(name)) ?? fresh.find(({ type }) => type === missing?.type))
      ?.path;
  };

const unreadable = (reader: Compiled, writer: Compiled, reading: Reading): BreakingChange[] =>
  blame(reader.compiled, writer.compiled).map((found) => ({
    breaking: true,
    silent: false,
    type: reader.type,
    path: found.path,
    versions: [reading === 'old readers' ? reader.schemaVersion : writer.schemaVersion],
    ...explainBlame(found, { reading, heirOf: heirIn(reader.schema, writer.schema) }),
  }));

const refusal = (type: string, versions: readonly number[], explanation: Explanation): BreakingChange => ({
  breaking: true,
  silent: false,
  type,
  path: '',
  versions,
  ...explanation,
});

const gone = (type: string, versions: readonly number[]): BreakingChange =>
  refusal(type, versions, {
    what: `${type} was published and has no schema any more`,
    breaks: 'nobody can tell how to read the events of it, which stay on the topic and in the event table for ever',
    instead: `keep schemas/avro/${type}.avsc, also when nothing writes ${type} any more`,
  });

const noAvro = (type: string, versions: readonly number[], reason: string): BreakingChange =>
  refusal(type, versions, {
    what: `the schema is not valid Avro: ${reason}`,
    breaks: 'nobody can write or read an event with it',
    instead: 'correct the schema; the default of a union is a value of its first branch',
  });

const compile = (version: VersionedSchema): Compiled => {
  const compiled = compileSchema(version.schema);
  if (typeof compiled === 'string') throw new Error(`${version.type} was published with no Avro schema: ${compiled}`);
  return { ...version, compiled };
};

/** One change said of several versions is one change. */
const merged = (changes: readonly ContractChange[]): ContractChange[] => {
  const byText = new Map<string, ContractChange>();
  for (const change of changes) {
    const key = [change.type, change.path, change.what, change.breaking ? change.breaks : ''].join('|');
    const known = byText.get(key);
    const versions = [...(known?.breaking ? known.versions : []), ...(change.breaking ? change.versions : [])];
    byText.set(key, change.breaking ? { ...change, versions } : change);
  }
  return [...byText.values()];
};

const compareType = (published: readonly VersionedSchema[], current: VersionedSchema): ContractChange[] => {
  const versions = published.map(({ schemaVersion }) => schemaVersion);
  const { type, schema } = current;
  const compiled = compileSchema(schema);
  if (typeof compiled === 'string') return [noAvro(type, versions, compiled)];
  const candidate = { ...current, compiled };
  return published.map(compile).flatMap((before): ContractChange[] => {
    const refused = [...unreadable(before, candidate, 'old readers'), ...unreadable(candidate, before, 'new readers')];
    const explained = new Set(refused.map(({ path }) => path));
    return [...refused, ...compareMeaning(before, current).filter(({ path }) => !explained.has(path))];
  });
};

/**
 * What differs between every published version of every event type and the present schemas. `breaking` follows
 * FULL_TRANSITIVE as the registry's: old readers read new events and new readers old ones, whichever of the published
 * versions they are built on; decided by avsc's own resolution. Beyond it, what would be resolved into another meaning is
 * breaking too (see compareMeaning).
 */
export const compareContract = (
  published: readonly VersionedSchema[],
  current: readonly VersionedSchema[],
): ContractChange[] => {
  const byType = Map.groupBy(published, ({ type }) => type);
  const present = new Map(current.map((schema) => [schema.type, schema]));
  const changes = [...byType].flatMap(([type, versions]): ContractChange[] => {
    const schema = present.get(type);
    return schema
      ? compareType(versions, schema)
      : [
          gone(
            type,
            versions.map(({ schemaVersion }) => schemaVersion),
          ),
        ];
  });
  const added = current.filter(({ type }) => !byType.has(type));
  return merged([...changes, ...added.flatMap(firstVersion)]);
};

const firstVersion = ({ type, schema }: VersionedSchema): ContractChange[] => {
  const compiled = compileSchema(schema);
  if (typeof compiled === 'string') return [noAvro(type, [], compiled)];
  return [
    { breaking: false, type, path: '', what: `${type} is a new event type; readers that do not know it pass it by` },
  ];
};
