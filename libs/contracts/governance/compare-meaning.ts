import type { ContractChange } from './contract-change.ts';
import { fieldsOf, type FieldFacts } from './fields-of.ts';

type Versioned = { readonly type: string; readonly schemaVersion: number; readonly schema: unknown };
type Comparison = { readonly type: string; readonly version: number };

/** Fields of the envelope, which the contract promises of every event; the last of them is aggregateType. */
const envelopeOf = (fields: readonly FieldFacts[]): ReadonlySet<string> => {
  const last = fields.findIndex(({ path }) => path === 'aggregateType');
  return new Set(fields.slice(0, last + 1).map(({ path }) => path));
};

const breaking = (
  { type, version }: Comparison,
  path: string,
  explanation: { what: string; breaks: string; instead: string },
): ContractChange => ({ breaking: true, silent: true, type, path, versions: [version], ...explanation });

const respelled = (comparison: Comparison, before: FieldFacts, after: FieldFacts): ContractChange =>
  breaking(comparison, after.path, {
    what: `${after.path} was ${before.type} and is ${after.type} now`,
    breaks:
      'Avro reads one as the other without a word, so that every reader takes new values for something they are not',
    instead: `keep ${after.path}, and add a field with a default beside it`,
  });

const renamed = (comparison: Comparison, before: FieldFacts, after: FieldFacts): ContractChange =>
  breaking(comparison, before.path, {
    what: `${before.path} is called ${after.path} now, with an alias`,
    breaks: 'only new readers know the alias; old ones silently take the default in place of the value',
    instead: `keep ${before.path}, and add ${after.path} beside it with a default where both are wanted`,
  });

const dropped = (comparison: Comparison, before: FieldFacts, envelope: ReadonlySet<string>): ContractChange =>
  envelope.has(before.path)
    ? breaking(comparison, before.path, {
        what: `${before.path} is gone`,
        breaks: 'the contract promises it in every event, and every subscriber may rely on it',
        instead: `keep ${before.path}`,
      })
    : {
        breaking: false,
        type: comparison.type,
        path: before.path,
        what: `${before.path} is gone; readers take its default (${JSON.stringify(before.default)}) from now on`,
      };

const ofBefore = (
  comparison: Comparison,
  before: readonly FieldFacts[],
  after: readonly FieldFacts[],
): ContractChange[] => {
  const envelope = envelopeOf(before);
  return before.flatMap((field): ContractChange[] => {
    const same = after.find(({ path }) => path === field.path);
    if (same) return ofSame(comparison, field, same);
    const name = field.path.split('.').at(-1) ?? '';
    const heir = after.find(({ aliases }) => aliases.includes(name));
    return [heir ? renamed(comparison, field, heir) : dropped(comparison, field, envelope)];
  });
};

const ofSame = (comparison: Comparison, before: FieldFacts, after: FieldFacts): ContractChange[] => {
  if (before.type !== after.type) return [respelled(comparison, before, after)];
  if (JSON.stringify(before.default) === JSON.stringify(after.default)) return [];
  const [from, to] = [before.default, after.default].map((value) =>
    value === undefined ? 'none' : JSON.stringify(value),
  );
  const what = `the default of ${after.path} was ${from} and is ${to} now`;
  return [{ breaking: false, type: comparison.type, path: after.path, what }];
};

/**
 * What Avro lets through and the contract does not: a value that is resolved into another (bytes as text, milliseconds as
 * microseconds), a field that goes by another name, an envelope that is no longer whole. And, as harmless, what changes
 * for a reader all the same: fields that come or go with a default, and defaults.
 */
export const compareMeaning = (published: Versioned, current: Versioned): ContractChange[] => {
  const [before, after] = [fieldsOf(published.schema), fieldsOf(current.schema)];
  const comparison = { type: current.type, version: published.schemaVersion };
  const known = new Set(before.map(({ path }) => path));
  const old = new Set(before.map(({ path }) => path.split('.').at(-1)));
  const added = after.filter(({ path, aliases }) => !known.has(path) && !aliases.some((alias) => old.has(alias)));
  return [
    ...ofBefore(comparison, before, after),
    ...added.map(({ path, type, default: standard }): ContractChange => ({
      breaking: false,
      type: current.type,
      path,
      what: `${path} (${type}) is new; older events have its default (${JSON.stringify(standard)})`,
    })),
  ];
};
