import {
  isOptional,
  isText,
  isLong,
  withoutDefault,
  retyped,
  withField,
  ofOwn,
  ofEnvelope,
  added,
  inNested,
  type SeededChange,
} from './seeded-change.testing.ts';

export const breakingChanges: readonly SeededChange[] = [
  {
    name: 'a field removed',
    change: ofOwn(
      (field) => !isOptional(field),
      () => undefined,
    ),
    says: /is gone/u,
  },
  { name: 'an envelope field removed', change: ofEnvelope('orderId', () => undefined), says: /orderId.* is gone/u },
  {
    name: 'an optional envelope field removed',
    change: ofEnvelope('causationId', () => undefined),
    says: /causationId is gone/u,
  },
  {
    name: 'a field renamed',
    change: ofOwn(
      (field) => !isOptional(field),
      (field) => ({ ...field, name: `${field.name}New` }),
    ),
    says: /seems to be called \w+New now|wanted, without a default/u,
  },
  {
    name: 'a field renamed with an alias',
    change: ofOwn(
      (field) => !isOptional(field),
      (field) => ({ ...field, name: 'fresh', aliases: [field.name] }),
    ),
    says: /gone; it seems to be called fresh now/u,
  },
  {
    name: 'an optional field renamed with an alias',
    change: ofOwn(isOptional, (field) => ({ ...field, name: 'fresh', aliases: [field.name] })),
    says: /is called fresh now, with an alias/u,
  },
  {
    name: 'a required field added',
    change: added({ name: 'tip', type: 'long' }),
    says: /tip \(long\) is wanted, without a default/u,
  },
  {
    name: 'an optional field added without a default',
    change: added({ name: 'tip', type: ['null', 'long'] }),
    says: /tip \(null or long\) is wanted, without a default/u,
  },
  { name: 'text turned into a number', change: ofOwn(isText, retyped('long')), says: /was string and is long now/u },
  { name: 'a number turned into text', change: ofOwn(isLong, retyped('string')), says: /was long and is string now/u },
  { name: 'a long narrowed', change: ofOwn(isLong, retyped('int')), says: /was long and is int now/u },
  { name: 'an int widened', change: ofEnvelope('version', retyped('long')), says: /was int and is long now/u },
  {
    name: 'a long turned into a double',
    change: ofOwn(isLong, retyped('double')),
    says: /was long and is double now/u,
  },
  { name: 'text turned into bytes', change: ofOwn(isText, retyped('bytes')), says: /was string and is bytes now/u },
  {
    name: 'milliseconds turned into microseconds',
    change: ofEnvelope('occurredAt', retyped({ type: 'long', logicalType: 'timestamp-micros' })),
    says: /was long \(timestamp-millis\) and is long \(timestamp-micros\) now/u,
  },
  {
    name: 'an instant turned into a plain number',
    change: ofEnvelope('occurredAt', retyped('long')),
    says: /was long \(timestamp-millis\) and is long now/u,
  },
  {
    name: 'a field that may be null from now on',
    change: ofOwn(
      (field) => !isOptional(field),
      (field) => ({ ...field, type: ['null', field.type] }),
    ),
    says: /may be null now/u,
  },
  {
    name: 'a field that may no longer be null',
    change: ofOwn(isOptional, (field) => ({ ...withoutDefault(field), type: 'string' })),
    says: /may no longer be null/u,
  },
  {
    name: 'a branch more in a union',
    change: ofOwn(isOptional, (field) => ({ ...field, type: [...(field.type as unknown[]), 'long'] })),
    says: /may be long now, which old readers do not know/u,
  },
  {
    name: 'a default that is no value of the first branch',
    change: ofOwn(isOptional, (field) => ({ ...field, type: (field.type as unknown[]).toReversed() })),
    says: /not valid Avro/u,
  },
  {
    name: 'text turned into an enum',
    change: ofOwn(isText, retyped({ type: 'enum', name: 'Word', symbols: ['A'] })),
    says: /was string and is (orderline\.orders\.)?Word now/u,
  },
  {
    name: 'a list turned into its item',
    change: ofOwn(({ name }) => name === 'items', retyped('string')),
    says: /was list of .* and is string/u,
  },
  {
    name: 'the record renamed',
    change: (schema) => ({ ...schema, name: `${schema.name}Happened` }),
    says: /the record was .* and is .*Happened now/u,
  },
  {
    name: 'the namespace changed',
    change: (schema) => ({ ...schema, namespace: 'orders.v2' }),
    says: /is orders\.v2\.\w+ now/u,
  },
  {
    name: 'a record inside renamed',
    change: inNested('Actor', (record) => ({ ...record, name: 'Who' })),
    says: /actor was .*Actor and is .*Who now/u,
  },
  {
    name: 'a field of a record inside removed',
    change: inNested('Personal', (record) => ({ ...record, fields: record.fields.slice(0, 1) })),
    says: /\.value \(bytes\) is gone/u,
  },
  {
    name: 'bytes of a record inside turned into text',
    change: inNested('Personal', (record) => withField(record, 'value', retyped('string'))),
    says: /\.value was bytes and is string now/u,
  },
  {
    name: 'a required field in the record of a list',
    change: inNested('OrderItem', (record) => added({ name: 'weight', type: 'int' })(record) ?? record),
    says: /items\[\]\.weight \(int\) is wanted, without a default/u,
  },
];
