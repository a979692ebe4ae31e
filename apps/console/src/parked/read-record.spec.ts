import { contractSchemas, encodeEvent, personal, subjectOf, type ContractEvent } from '@orderline/contracts';
import { describe, expect, it } from 'vitest';
import { createRecordReader } from './read-record.ts';

const ids = new Map(contractSchemas.map(({ subject }, at) => [subject, at + 1]));
const textOf = (id: number): string => {
  const found = contractSchemas[id - 1];
  if (found === undefined) throw Object.assign(new Error('no such schema'), { code: 'unknown_schema' });
  return found.schema;
};
const read = createRecordReader(textOf);

const event: ContractEvent = {
  ...{ type: 'OrderCancelled', eventId: 'e', orderId: 'o', version: 3, occurredAt: 1_000, schemaVersion: 1 },
  ...{ customerId: 'c', restaurantId: 'r', correlationId: 'x', causationId: null, aggregateType: 'Order' },
  ...{ actor: { id: 'a', role: 'support' }, reason: personal('the kitchen is closed') },
};
const recordOf = (value: Buffer | null) => ({
  ...{ partition: 1, offset: 7n, key: Buffer.from('o'), value, headers: { 'event-type': 'x' }, timestamp: 5_000 },
});

describe('a record that stopped an order', () => {
  it('is shown decoded where it can be, personal text readable', async () => {
    const value = encodeEvent(event, ids);
    const shown = await read(recordOf(value));
    expect(shown).toMatchObject({
      recordedAt: '1970-01-01T00:00:05.000Z',
      key: 'o',
      schemaId: ids.get(subjectOf('OrderCancelled')),
    });
    expect(shown.decoded).toMatchObject({ type: 'OrderCancelled', version: 3, reason: 'the kitchen is closed' });
    expect(Buffer.from(shown.value ?? '', 'base64').equals(value)).toBe(true);
    expect(shown.undecodable).toBeNull();
  });

  it('shows what a key hides as hidden', async () => {
    const hidden = { ...event, reason: { keyId: 'k-1', value: Buffer.from([1, 2]) } };
    const { decoded } = await read(recordOf(encodeEvent(hidden, ids)));
    expect(decoded).toMatchObject({ reason: null });
  });

  it.each([
    ['no Avro at all', Buffer.from('garbage bytes'), null, /wire format/u],
    ['of a schema that the registry does not have', Buffer.from([0, 0, 0, 3, 231, 1]), 999, /no schema 999/u],
    ['cut off', Buffer.from([0, 0, 0, 0, 1, 2]), 1, /no |too short/u],
    ['nothing', null, null, /no value/u],
  ])('is shown with its bytes and why it cannot be read where it is %s', async (_what, value, schemaId, why) => {
    const shown = await read(recordOf(value));
    expect(shown).toMatchObject({ decoded: null, schemaId, size: value?.length ?? 0 });
    expect(shown.undecodable).toMatch(why);
  });

  it('is cut where it is large, its size is not', async () => {
    const shown = await read(recordOf(Buffer.alloc(200_000, 1)));
    expect([shown.size, Buffer.from(shown.value ?? '', 'base64').length]).toEqual([200_000, 65_536]);
  });
});
