import {
  isOptional,
  isLong,
  withoutDefault,
  retyped,
  ofOwn,
  ofEnvelope,
  added,
  inNested,
  type SeededChange,
  type RecordSchema,
} from './seeded-change.testing.ts';

export const harmlessChanges: readonly SeededChange[] = [
  { name: 'nothing', change: (schema) => schema },
  { name: 'another doc', change: (schema) => ({ ...schema, doc: 'Better said.' }) },
  { name: 'another doc of a field', change: ofEnvelope('orderId', (field) => ({ ...field, doc: 'Better said.' })) },
  { name: 'another order of fields', change: (schema) => ({ ...schema, fields: schema.fields.toReversed() }) },
  { name: 'an optional field added', change: added({ name: 'tip', type: ['null', 'long'], default: null }) },
  { name: 'a field with a default added', change: added({ name: 'tip', type: 'long', default: 0 }) },
  {
    name: 'an optional field in front of all others',
    change: (schema) => ({
      ...schema,
      fields: [{ name: 'tip', type: ['null', 'long'], doc: 'New.', default: null }, ...schema.fields],
    }),
  },
  {
    name: 'an optional record added',
    change: added({
      name: 'coupon',
      type: ['null', { type: 'record', name: 'Coupon', doc: 'New.', fields: [{ name: 'code', type: 'string' }] }],
      default: null,
    }),
  },
  {
    name: 'an enum added with a default',
    change: added({
      name: 'channel',
      type: { type: 'enum', name: 'Channel', symbols: ['WEB'], default: 'WEB' },
      default: 'WEB',
    }),
  },
  { name: 'an optional field removed', change: ofOwn(isOptional, () => undefined) },
  {
    name: 'a default removed of a field that was always there',
    change: ofOwn(isOptional, withoutDefault),
  },
  { name: 'a default given', change: ofOwn(isLong, (field) => ({ ...field, default: 0 })) },
  {
    name: 'branches of a union in another order, with another default',
    change: ofEnvelope('causationId', (field) => ({ ...field, type: ['string', 'null'], default: '' })),
  },
  {
    name: 'attributes of somebody’s language',
    change: ofEnvelope('orderId', retyped({ type: 'string', 'avro.java.string': 'String' })),
  },
  { name: 'a higher schemaVersion', change: (schema) => ({ ...schema, schemaVersion: 9 }) as RecordSchema },
  {
    name: 'an optional field in a record inside',
    change: inNested(
      'Actor',
      (record) => added({ name: 'device', type: ['null', 'string'], default: null })(record) ?? record,
    ),
  },
];
