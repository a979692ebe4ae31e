import fc from 'fast-check';
import type { JsonSchema } from './api-document.ts';
import { hostileJson, hostileText, keyed } from './hostile.ts';

export type SchemaReading = {
  readonly resolve: (schema: JsonSchema) => JsonSchema;
  /** Values that lead somewhere, for fields and parameters of these names. */
  readonly words: Readonly<Record<string, readonly unknown[]>>;
};

const list = (value: unknown): JsonSchema[] => (Array.isArray(value) ? (value as JsonSchema[]) : []);
const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** Values that a schema allows, its edges often among them; of a known name, mostly the words for it. */
export const fitting = (reading: SchemaReading, unresolved: JsonSchema, name = ''): fc.Arbitrary<unknown> => {
  const schema = reading.resolve(unresolved);
  const words = reading.words[name];
  const any = fittingShape(reading, schema);
  if (words === undefined) return any;
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: any });
};

const fittingShape = (reading: SchemaReading, schema: JsonSchema): fc.Arbitrary<unknown> => {
  const choices = [...list(schema['anyOf']), ...list(schema['oneOf'])];
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => fitting(reading, choice)));
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  const shapes: Record<string, () => fc.Arbitrary<unknown>> = {
    object: () => fittingObject(reading, schema),
    array: () => fittingArray(reading, schema),
    string: () => fittingText(schema),
    integer: () => fittingInteger(schema),
    number: () => fc.double({ noNaN: true, noDefaultInfinity: true }),
    boolean: () => fc.boolean(),
    null: () => fc.constant(null),
  };
  return shapes[String(schema['type'])]?.() ?? fc.string({ maxLength: 20 });
};

const fittingObject = (reading: SchemaReading, schema: JsonSchema): fc.Arbitrary<unknown> => {
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const requiredKeys = (schema['required'] ?? []) as string[];
  return fc.record(Object.fromEntries(fields.map(([key, field]) => [key, fitting(reading, field, key)])), {
    requiredKeys,
  });
};

const fittingArray = (reading: SchemaReading, schema: JsonSchema): fc.Arbitrary<unknown> => {
  const least = numberOr(schema['minItems'], 0);
  const most = numberOr(schema['maxItems'], 5);
  const item = fitting(reading, (schema['items'] ?? {}) as JsonSchema);
  const few = fc.array(item, { minLength: least, maxLength: Math.min(most, least + 3) });
  const edge = fc.array(item, { minLength: most, maxLength: most, size: 'max' });
  return fc.oneof({ weight: 20, arbitrary: few }, { weight: 1, arbitrary: edge });
};

const fittingInteger = (schema: JsonSchema): fc.Arbitrary<number> => {
  const min = numberOr(schema['minimum'], -10);
  const max = Math.min(numberOr(schema['maximum'], 1_000), 2 ** 31);
  return fc.oneof(
    fc.constantFrom(min, max),
    fc.integer({ min, max: Math.min(max, min + 10) }),
    fc.integer({ min, max }),
  );
};

const fittingText = (schema: JsonSchema): fc.Arbitrary<string> => {
  if (typeof schema['pattern'] === 'string') return fc.stringMatching(new RegExp(schema['pattern'], 'u'));
  if (schema['format'] === 'uuid') return fc.uuid();
  if (schema['format'] === 'date') return instant.map((text) => text.slice(0, 10));
  if (schema['format'] === 'date-time') return instant;
  const minLength = numberOr(schema['minLength'], 0);
  const maxLength = numberOr(schema['maxLength'], 40);
  const short = fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 20) });
  const edge = fc.constantFrom('x'.repeat(maxLength), '🍜'.repeat(maxLength), 'é'.repeat(Math.max(minLength, 1)));
  return fc.oneof({ weight: 6, arbitrary: short }, { weight: 1, arbitrary: edge });
};

const instant = fc.oneof(
  fc.constantFrom(
    '2026-01-15T14:12:00Z',
    '2026-01-15T14:12:00.123456789+02:00',
    '1970-01-01T00:00:00Z',
    '2000-02-29T23:59:59.999Z',
  ),
  fc.constantFrom(
    '0001-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '0000-01-01T00:00:00+23:59',
  ),
  fc.date({ min: new Date(0), max: new Date('2026-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
);

type Change = { at: number; how: 'remove' | 'replace' | 'wrap' | 'add'; key: string; value: unknown };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(30),
  how: fc.constantFrom('remove', 'replace', 'replace', 'replace', 'wrap', 'add'),
  key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'orderId', 'version', 'extra', '', 'a/b~c'), hostileText),
  value: hostileJson,
});

/** Values that were fitting until one place in them was changed. */
export const nearlyFitting = (reading: SchemaReading, schema: JsonSchema): fc.Arbitrary<unknown> =>
  fc.tuple(fitting(reading, schema), change).map(([value, what]) => changed(value, { ...what }));

/** The `at`th place in order of depth, round and round. */
const changed = (value: unknown, what: Change): unknown => {
  const places = placesIn(value);
  const place = places[what.at % places.length] ?? [];
  return changedAt(value, place, what);
};

const placesIn = (value: unknown): string[][] => {
  if (typeof value !== 'object' || value === null) return [[]];
  const inside = Object.entries(value).flatMap(([key, inner]) => placesIn(inner).map((place) => [key, ...place]));
  return [[], ...inside];
};

const changedAt = (value: unknown, [key, ...deeper]: string[], what: Change): unknown => {
  if (key === undefined) {
    if (what.how === 'wrap') return [value];
    if (what.how === 'add' && isObject(value)) return { ...value, ...keyed(what.key, what.value) };
    return what.how === 'remove' ? undefined : what.value;
  }
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? changedAt(item, deeper, what) : (item as unknown)));
  if (!isObject(value)) return value;
  const { [key]: inner, ...rest } = value;
  const now = changedAt(inner, deeper, what);
  return now === undefined ? rest : { ...rest, ...keyed(key, now) };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
