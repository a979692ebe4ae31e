import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentSchemas } from '../generation/published.ts';
import { compileSchema, whyUnreadable } from './can-read.ts';
import { compareContract, type VersionedSchema } from './compare-contract.ts';
import type { BreakingChange, ContractChange } from './contract-change.ts';
import { publishedSchemas, reviewContract } from './published-contract.ts';
import { breakingChanges } from './breaking-changes.testing.ts';
import { harmlessChanges } from './harmless-changes.testing.ts';
import { seeded, type SeededChange } from './seeded-change.testing.ts';

const schemas = join(import.meta.dirname, '..', '..', '..', 'schemas');
const published = publishedSchemas(schemas);
const current: readonly VersionedSchema[] = currentSchemas(schemas);

type Applied = { readonly type: string; readonly name: string; readonly says: RegExp; readonly after: VersionedSchema };

/** Every seeded change on every event type that it applies to. */
const applied = (changes: readonly SeededChange[]): Applied[] =>
  changes.flatMap((change) =>
    current.flatMap((version) => {
      const schema = seeded(change, version.schema);
      return schema
        ? [{ type: version.type, name: change.name, says: change.says ?? /./u, after: { ...version, schema } }]
        : [];
    }),
  );

const comparedWith = (after: VersionedSchema): ContractChange[] =>
  compareContract(
    published.filter(({ type }) => type === after.type),
    [after],
  );
const refusals = (changes: readonly ContractChange[]): BreakingChange[] =>
  changes.filter((change): change is BreakingChange => change.breaking);

/** avsc and nothing else: can every published version and this one read each other? */
const resolvesBothWays = ({ type, schema }: VersionedSchema): boolean => {
  const candidate = compileSchema(schema);
  if (typeof candidate === 'string') return false;
  return published
    .filter((version) => version.type === type)
    .map((version) => compileSchema(version.schema))
    .every(
      (before) =>
        typeof before !== 'string' &&
        whyUnreadable(before, candidate) === undefined &&
        whyUnreadable(candidate, before) === undefined,
    );
};

describe('the contract as it is', () => {
  it('has no change and no fault against what was published', () => {
    expect(reviewContract(schemas)).toEqual({ changes: [], faults: [] });
  });
});

describe('a breaking change is refused, saying what changed, who breaks and what to do', () => {
  it('is seeded on every event type', () => {
    expect(new Set(applied(breakingChanges).map(({ type }) => type)).size).toBe(current.length);
    expect(breakingChanges.filter(({ name }) => !applied(breakingChanges).some((one) => one.name === name))).toEqual(
      [],
    );
  });

  it.each(applied(breakingChanges))('$name, in $type', ({ type, after, says }) => {
    const found = refusals(comparedWith(after));
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ what }) => what).join('\n')).toMatch(says);
    for (const change of found) {
      expect(change.type).toBe(type);
      expect(change.versions.length).toBeGreaterThan(0);
      expect([change.breaks, change.instead].every((text) => text.length > 20 || text.startsWith('keep '))).toBe(true);
    }
  });

  it('in words that a person understands', () => {
    const renamed = applied(breakingChanges).find(
      ({ name, type }) => name === 'a field renamed' && type === 'OrderItemAdded',
    );
    expect(refusals(comparedWith(renamed!.after))[0]).toEqual({
      breaking: true,
      silent: false,
      type: 'OrderItemAdded',
      path: 'sku',
      versions: [1],
      what: 'sku (string) is gone; it seems to be called skuNew now',
      breaks: 'every reader built before the change refuses each event written after it; ours would park its order',
      instead: 'keep sku, and add skuNew beside it with a default where both are wanted',
    });
  });

  it('when an event type is taken away', () => {
    const left = current.filter(({ type }) => type !== 'OrderReady');
    expect(refusals(compareContract(published, left))).toMatchObject([
      { type: 'OrderReady', what: 'OrderReady was published and has no schema any more' },
    ]);
  });
});

describe('a harmless change is let through', () => {
  it.each(applied(harmlessChanges))('$name, in $type', ({ after }) => {
    expect(refusals(comparedWith(after))).toEqual([]);
  });

  it('and named, where a reader sees something of it', () => {
    const tip = applied(harmlessChanges).find(
      ({ name, type }) => name === 'an optional field added' && type === 'OrderReady',
    );
    expect(comparedWith(tip!.after)).toEqual([
      {
        breaking: false,
        type: 'OrderReady',
        path: 'tip',
        what: 'tip (long or null) is new; older events have its default (null)',
      },
    ]);
  });

  it('such as a new event type', () => {
    const rated = {
      type: 'OrderRated',
      schemaVersion: 1,
      schema: { ...(current[0]!.schema as object), name: 'OrderRated' },
    };
    expect(compareContract(published, [...current, rated])).toEqual([
      {
        breaking: false,
        type: 'OrderRated',
        path: '',
        what: 'OrderRated is a new event type; readers that do not know it pass it by',
      },
    ]);
  });
});

describe('every published version counts, not only the newest', () => {
  const version = (schemaVersion: number, ...fields: object[]): VersionedSchema => ({
    type: 'Seen',
    schemaVersion,
    schema: { type: 'record', name: 'Seen', fields: [{ name: 'id', type: 'string' }, ...fields] },
  });
  const tip = { name: 'tip', type: 'long', default: 0 };
  const versions = [version(1), version(2, tip)];

  it('a default may not be taken away while there are events without the field', () => {
    const found = refusals(compareContract(versions, [version(3, { name: 'tip', type: 'long' })]));
    expect(found).toMatchObject([
      { path: 'tip', versions: [1], what: expect.stringMatching(/wanted, without a default/u) as string },
    ]);
  });

  it('a field that was left out may not come back as another type', () => {
    const found = refusals(
      compareContract([...versions, version(3)], [version(4, { name: 'tip', type: 'string', default: '' })]),
    );
    expect(found.map((change) => change.versions)).toEqual([[2], [2]]);
  });

  const colours = (symbols: string[], standard?: string): object => ({
    name: 'colour',
    type: { type: 'enum', name: 'Colour', symbols, ...(standard !== undefined && { default: standard }) },
  });
  it.each([
    [
      'a symbol more, without a default to fall back to',
      colours(['RED']),
      colours(['RED', 'BLUE']),
      /may be BLUE now/u,
    ],
    [
      'a symbol less, without a default to fall back to',
      colours(['RED', 'BLUE']),
      colours(['RED']),
      /may no longer be BLUE/u,
    ],
  ])('an enum has %s', (_, before, after, says) => {
    expect(refusals(compareContract([version(1, before)], [version(2, after)]))).toMatchObject([
      { path: 'colour', what: expect.stringMatching(says) as string },
    ]);
  });

  it('an enum that has a default may grow', () => {
    const [before, after] = [
      version(1, colours(['RED', 'BLUE'], 'RED')),
      version(2, colours(['RED', 'BLUE', 'GREEN'], 'RED')),
    ];
    expect(refusals(compareContract([before], [after]))).toEqual([]);
  });
});

describe('verdict and explanation', () => {
  const all = [...breakingChanges, ...harmlessChanges];

  it('never part: any mix of changes that avsc would not resolve is refused with a reason, for any event type', () => {
    const mixes = fc.tuple(fc.constantFrom(...current), fc.shuffledSubarray(all, { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(mixes, ([version, changes]) => {
        const schema = changes.reduce<unknown>((so, change) => {
          try {
            return seeded(change, so) ?? so;
          } catch {
            return so; // a change of something that another one took away
          }
        }, version.schema);
        const after = { ...version, schema };
        const found = refusals(comparedWith(after));
        return resolvesBothWays(after) || found.some(({ what }) => what.length > 0);
      }),
      { numRuns: 150 },
    );
  });

  it('go beyond avsc only where a value would silently mean something else', () => {
    const beyond = applied(breakingChanges).filter(({ after }) => resolvesBothWays(after));
    expect([...new Set(beyond.map(({ name }) => name))].sort()).toEqual([
      'an instant turned into a plain number',
      'an optional envelope field removed',
      'an optional field renamed with an alias',
      'bytes of a record inside turned into text',
      'milliseconds turned into microseconds',
      'text turned into bytes',
    ]);
  });
});
