import {
  contractSchemas,
  encodeEvent,
  currentSchemaIds,
  toStored,
  upcast,
  type ContractEvent,
} from '@orderline/contracts';
import { createPool, type Pool } from '@orderline/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { avroReader } from '../topic/avro-reader.ts';
import { jsonbText } from '../topic/jsonb-text.ts';
import { asEvent } from '../topic/read-record.ts';
import { presentData } from './event-sql.ts';

let pool: Pool;
beforeAll(() => {
  pool = createPool({ databaseUrl: inject('postgresUrl'), applicationName: 'audit spec', max: 1 });
});
afterAll(() => pool.end());

const asJsonb = async (value: unknown): Promise<string> => {
  const { rows } = await pool.query<{ text: string }>('SELECT $1::jsonb::text AS text', [JSON.stringify(value)]);
  return rows[0]?.text ?? '';
};

describe('what a record says and what the event table says are the same text', () => {
  it.each([
    ['odd characters', { note: 'ring “twice”, \\ " / and\ta\nnew line \u0001 \u007f 🔔 é\u2028' }],
    ['keys by length, then by bytes', { b: 1, a: 2, Z: 3, aa: 4, B1: 5, long: { keyId: null, value: '' } }],
    [
      'lists, emptiness and signs',
      { items: [], more: [{ z: -1, y: 0 }, null, true], none: {}, big: 999_999_999_999_999 },
    ],
  ])('with %s', async (_, value) => {
    expect(jsonbText(value)).toBe(await asJsonb(value));
  });

  const schemaIds = currentSchemaIds(
    contractSchemas.map(({ subject, fingerprint }, id) => ({ subject, fingerprint, id })),
  );
  const envelope = {
    ...{ eventId: 'e', orderId: '01980000-0000-7000-8000-00000000a0d1', version: 7, occurredAt: 1_768_485_900_120 },
    ...{ schemaVersion: 1, customerId: 'c-1', restaurantId: 'r-1', correlationId: 'k', causationId: null },
    ...{ actor: { id: 'x', role: 'system' }, aggregateType: 'Order' as const },
  };
  const text = (value: string) => ({ keyId: null, value: Buffer.from(value) });
  const item = { sku: 's', name: 'Ø', quantity: 2, unitPriceMinor: 450 };
  const money = { currency: 'USD', paidMinor: 900_000_000_000, refundedMinor: 0 };
  const created = { items: [item, item], totalMinor: 1_800, currency: 'USD' };
  const events: ContractEvent[] = [
    { type: 'OrderCreated', ...envelope, ...created, deliveryAddress: text('1 Main “Street”'), notes: null },
    {
      type: 'OrderUpdated',
      ...envelope,
      deliveryAddress: null,
      notes: { keyId: 'k-1', value: Buffer.from([0, 255, 7]) },
    },
    { type: 'PaymentReceived', ...envelope, method: 'card', amountMinor: 1, reference: text('p'), ...money },
    { type: 'OrderPreparing', ...envelope, estimatedReadyAt: -1 },
    { type: 'OrderOutForDelivery', ...envelope, courier: text('Kim'), trackingId: null },
    { type: 'OrderConfirmed', ...envelope },
  ];

  it.each(events.map((event) => [event.type, event] as const))('in the record of %s', async (type, event) => {
    const schema = contractSchemas.find((one) => one.type === type)?.schema ?? '';
    const read = asEvent(type, avroReader(schema)(encodeEvent(event, schemaIds), 5));
    expect(read).toMatchObject({ ...envelope, occurredAt: '2026-01-15T14:05:00.120Z' });
    expect(jsonbText(read?.stored)).toBe(await asJsonb(toStored(event)));
  });
});

describe('an order of an older shape', () => {
  const line = { sku: 'b', name: 'B', quantity: 3, unitPrice: '9.5' };
  it.each([
    [1, { customer_id: 'c', restaurant_id: 'r', product_ids: ['b', 'a', 'b', 'c'], total: '22.25' }],
    [1, { product_ids: ['b'], total: '7' }],
    [1, { product_ids: [], total: '0' }],
    [2, { customer_id: 'c', items: [line, { ...line, sku: 'a', unitPrice: '0.05' }], total: '12345.6' }],
  ])('is read in SQL as the contract has it upcast: version %i', async (schemaVersion, data) => {
    const { rows } = await pool.query<{ present: unknown }>(
      `SELECT ${presentData} AS present FROM (SELECT 'OrderCreated' AS type, $1::integer AS schema_version, $2::jsonb AS data) e`,
      [schemaVersion, data],
    );
    expect(rows[0]?.present).toEqual(upcast({ type: 'OrderCreated', schemaVersion, data }).data);
  });
});
