import type { AvroField, AvroRecord, AvroSchema } from './avro-schema.ts';
import { isInstant, isUnion } from './avro-schema.ts';
import { ContractError } from './contract-error.ts';
import type { Personal } from './generated/events.ts';
import type { StoredPersonal } from './generated/stored.ts';

type Convert = (value: unknown, path: string) => unknown;

/** How one kind of value is turned around between the Avro record, the stored JSON and the history over HTTP. */
export type StoredShape = { readonly toStored: Convert; readonly toRecord: Convert; readonly toHistory: Convert };

const invalid = (path: string, what: string): ContractError =>
  new ContractError('invalid_history', `${path} is not ${what}`, { faults: [{ path, message: `is not ${what}` }] });

const asIs: StoredShape = { toStored: (value) => value, toRecord: (value) => value, toHistory: (value) => value };

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/u;

const instant: StoredShape = {
  ...asIs,
  toStored: (value) => new Date(value as number).toISOString(),
  toRecord: (value, path) => {
    const epoch = typeof value === 'string' && rfc3339.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(epoch)) throw invalid(path, 'an RFC 3339 instant');
    return epoch;
  },
};

const storedPersonal = (value: unknown, path: string): StoredPersonal => {
  if (typeof value !== 'object' || value === null) throw invalid(path, 'a personal field');
  const { keyId, value: text } = value as Partial<Record<keyof StoredPersonal, unknown>>;
  if (keyId !== null && typeof keyId !== 'string') throw invalid(`${path}/keyId`, 'text or null');
  if (typeof text !== 'string') throw invalid(`${path}/value`, 'text');
  return { keyId, value: text };
};

const personalShape: StoredShape = {
  toStored: (value) => {
    const { keyId, value: bytes } = value as Personal;
    return { keyId, value: bytes.toString(keyId === null ? 'utf8' : 'base64') };
  },
  toRecord: (value, path) => {
    const { keyId, value: text } = storedPersonal(value, path);
    return { keyId, value: Buffer.from(text, keyId === null ? 'utf8' : 'base64') };
  },
  toHistory: (value, path) => {
    const { keyId, value: text } = storedPersonal(value, path);
    return keyId === null ? text : null;
  },
};

const eachWay = (shapeOf: (way: keyof StoredShape) => Convert): StoredShape => ({
  toStored: shapeOf('toStored'),
  toRecord: shapeOf('toRecord'),
  toHistory: shapeOf('toHistory'),
});

const nullable = (inner: StoredShape): StoredShape =>
  eachWay((way) => (value, path) => (value === null ? null : inner[way](value, path)));

const list = (inner: StoredShape): StoredShape =>
  eachWay((way) => (value, path) => {
    if (!Array.isArray(value)) throw invalid(path, 'a list');
    return value.map((item, index) => inner[way](item, `${path}/${index}`));
  });

const fieldValue = (field: AvroField, holder: object, path: string): unknown => {
  const value: unknown = (holder as Record<string, unknown>)[field.name];
  if (value !== undefined) return value;
  if (field.default === undefined) throw invalid(`${path}/${field.name}`, 'there');
  return field.default;
};

type Named = Map<string, StoredShape>;

/** The fields of one record, and nothing beside them; a field that is not there takes its default. */
export const recordShape = (fields: readonly AvroField[], named: Named = new Map()): StoredShape => {
  const shapes = fields.map((field) => ({ field, shape: shapeOf(field.type, named) }));
  return eachWay((way) => (value, path) => {
    if (typeof value !== 'object' || value === null) throw invalid(path, 'an object');
    const converted = shapes.map(({ field, shape }) => [
      field.name,
      shape[way](fieldValue(field, value, path), `${path}/${field.name}`),
    ]);
    return Object.fromEntries(converted) as unknown;
  });
};

const namedShape = (record: AvroRecord, named: Named): StoredShape => {
  const shape = record.name === 'Personal' ? personalShape : recordShape(record.fields, named);
  named.set(record.name, shape);
  return shape;
};

const shapeOf = (schema: AvroSchema, named: Named): StoredShape => {
  if (typeof schema === 'string') return named.get(schema) ?? asIs;
  if (isInstant(schema)) return instant;
  if (isUnion(schema)) {
    const [first, second, ...more] = schema;
    if (first !== 'null' || second === undefined || more.length > 0) throw new Error('a union is [null, something]');
    return nullable(shapeOf(second, named));
  }
  if (schema.type === 'array') return list(shapeOf(schema.items, named));
  return schema.type === 'record' ? namedShape(schema, named) : asIs;
};
