import { randomUUID } from 'node:crypto';
import { encodeEvent, subjectOf, type SchemaIds } from '@orderline/contracts';
import { orderLife } from '@orderline/projector-host/testing';
import fc from 'fast-check';
import type { Message } from 'kafkajs';
import { hostileText } from './hostile.ts';

/** What becomes of a record: its order is parked, or it is passed over. */
export type Odd = { readonly message: Message; readonly parks: boolean; readonly kind: string };

type Schemas = {
  readonly ids: SchemaIds;
  /** Of a type that nobody knows: `{ note: string }` in the namespace of orders. */
  readonly unknownId: number;
};

const at = Date.parse('2026-01-15T14:00:00Z');
/** Just below what a broker takes with its defaults. */
const nearlyTooLarge = 1_000_000;

const created = (ids: SchemaIds, version = 1): { orderId: string; value: Buffer } => {
  const life = orderLife();
  return { orderId: life.orderId, value: encodeEvent({ ...life.next('OrderCreated', at), version }, ids) };
};

const withSchemaId = (value: Buffer, id: number): Buffer => {
  const other = Buffer.from(value);
  other.writeInt32BE(id, 1);
  return other;
};

const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((some) => Buffer.from(some));
const headerBytes = fc.oneof(
  bytes,
  hostileText.map((text) => Buffer.from(text)),
);
const oddHeaders = fc.dictionary(
  fc.oneof(
    fc.constantFrom('event-version', 'ce_id', 'event-type', 'ce_time', 'traceparent', '__proto__', ''),
    hostileText.map((text) => text.toWellFormed()),
  ),
  fc.oneof(headerBytes, fc.constantFrom('-1', '0', '2147483647', '2147483648', 'NaN', '1e3')),
  { maxKeys: 12 },
);

/** Records that fit nowhere, each of an order of its own, and what the contract says of them. */
export const oddRecords = ({ ids, unknownId }: Schemas): fc.Arbitrary<Odd> => {
  const id = fc.constant(undefined).map(() => randomUUID());
  const parked = (kind: string, message: Message): Odd => ({ kind, message, parks: true });
  const passed = (kind: string, message: Message): Odd => ({ kind, message, parks: false });
  const confirmedId = ids.get(subjectOf('OrderConfirmed')) ?? 0;
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(id, bytes, oddHeaders)
        .map(([key, value, headers]) =>
          parked('random bytes', { key, value: Buffer.concat([Buffer.from([1]), value]), headers }),
        ),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(id, bytes, fc.constantFrom(...ids.values()))
        .map(([key, value, schema]) =>
          parked('random Avro', { key, value: withSchemaId(Buffer.concat([Buffer.alloc(5), value]), schema) }),
        ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(0, -1, 2 ** 31 - 1, 1_000_000, 4_242).map((schema) => {
        const { orderId, value } = created(ids);
        return parked('a schema that there is not', { key: orderId, value: withSchemaId(value, schema) });
      }),
    },
    {
      weight: 4,
      arbitrary: fc.nat().map((cut) => {
        const { orderId, value } = created(ids);
        return parked('cut off', { key: orderId, value: value.subarray(0, 1 + (cut % (value.length - 1))) });
      }),
    },
    {
      weight: 1,
      arbitrary: bytes.map((more) => {
        const { orderId, value } = created(ids);
        return parked('too long', { key: orderId, value: Buffer.concat([value, more]) });
      }),
    },
    {
      weight: 2,
      arbitrary: id.map(() => {
        const { orderId, value } = created(ids);
        return parked('of another type', { key: orderId, value: withSchemaId(value, confirmedId) });
      }),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(id, oddHeaders).map(([key, headers]) => passed('no value', { key, value: null, headers })),
    },
    { weight: 2, arbitrary: id.map((key) => parked('empty', { key, value: Buffer.alloc(0) })) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(null, ''), bytes).map(([key, value]) => parked('no key', { key, value })),
    },
    {
      weight: 3,
      arbitrary: fc
        .oneof(
          bytes,
          hostileText.map((text) => Buffer.from(`x${text}`)),
        )
        .map((key) => parked('a key that is no order', { key, value: created(ids).value })),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(0, -1, -(2 ** 31), 2, 7, 2 ** 31 - 1).map((version) => {
        const { orderId, value } = created(ids, version);
        return parked('a version that cannot be the first', { key: orderId, value });
      }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom('9223372036854775807', '253402300800000', '8640000000000001').map((timestamp) => {
        const { orderId, value } = created(ids);
        return parked('a time that cannot be kept', { key: orderId, value, timestamp });
      }),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(id, hostileText).map(([key, text]) => {
        const note = Buffer.from(text).subarray(0, 60);
        return passed('of a type that nobody knows', {
          key,
          value: withSchemaId(Buffer.concat([Buffer.alloc(5), Buffer.from([note.length * 2]), note]), unknownId),
        });
      }),
    },
  );
};

/** A few records as large as a broker takes. */
export const hugeRecords = (ids: SchemaIds): Odd[] =>
  [...ids.values()].slice(0, 3).map((schema) => ({
    kind: 'huge',
    parks: true,
    message: { key: randomUUID(), value: withSchemaId(Buffer.alloc(nearlyTooLarge, 0x7f), schema) },
  }));
