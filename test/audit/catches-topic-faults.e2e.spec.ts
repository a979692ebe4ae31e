import type { AuditReport } from '@orderline/audit';
import { beforeAll, describe, expect, it } from 'vitest';
import { atRest } from '../invariants/at-rest.ts';
import { command, createOrder, toTheDoor } from '../pipeline/order-client.ts';
import { caught, clean, stackAudit } from './stack-audit.ts';
import { isOf, readTopic, saying, writeTopic, type Copied } from './topic-copy.ts';

let orderId: string;
let records: Copied[];

/** The order as the topic has it, `v(3)` its third record. */
const v = (version: number): Copied => records.find(isOf(orderId, version))!;
const without = (...versions: number[]): Copied[] =>
  records.filter((record) => !versions.some((version) => isOf(orderId, version)(record)));

const auditOf = async (copy: readonly Copied[]): Promise<AuditReport> =>
  stackAudit({ topic: await writeTopic(copy), parts: ['store', 'topic'], settleMs: 300 });

beforeAll(async () => {
  ({ orderId } = (await createOrder()).body);
  await command(orderId, 'payments', { method: 'card', amount: '3.21', reference: 'p-1' });
  for (const [action, body] of toTheDoor) await command(orderId, action, body);
  await atRest();
  records = await readTopic();
});

describe('a topic that is not what the store has relayed', () => {
  it('is told from one that is, and repetitions are no fault', async () => {
    expect(await auditOf(records)).toMatchObject({ ...clean, repeated: 0 });
    expect(await auditOf([...records, ...records.filter(isOf(orderId))])).toMatchObject({ ...clean, repeated: 7 });
  });

  it('a record that is not there is lost', async () => {
    expect(await auditOf(without(3))).toEqual(caught({ lost: [[orderId, 3, 'topic']] }));
    expect(await auditOf(without(6, 7))).toEqual(
      caught({
        lost: [
          [orderId, 6, 'topic'],
          [orderId, 7, 'topic'],
        ],
      }),
    );
  });

  it('sent again from the first missing one to the head, it is whole', async () => {
    const again = [3, 4, 5, 6, 7].map(v);
    expect(await auditOf([...without(3), ...again])).toMatchObject({ ...clean, repeated: 4 });
  });

  it('sent again alone, the later ones before it stay out of order', async () => {
    expect(await auditOf([...without(3), v(3)])).toEqual(caught({ outOfOrder: [[orderId, 4, 'topic']] }));
  });

  it('two versions the wrong way about are out of order', async () => {
    expect(await auditOf([...without(3, 4, 5, 6, 7), v(4), v(3), v(5), v(6), v(7)])).toEqual(
      caught({ outOfOrder: [[orderId, 4, 'topic']] }),
    );
  });

  it('an order in two partitions is out of order', async () => {
    const elsewhere = { ...v(7), partition: (v(7).partition + 1) % 12 };
    expect(await auditOf([...without(7), elsewhere])).toEqual(caught({ outOfOrder: [[orderId, 7, 'topic']] }));
  });

  it.each([
    'ce_id',
    'ce_type',
    'ce_time',
    'ce_subject',
    'event-type',
    'event-version',
    'correlation-id',
    'traceparent',
  ])('a changed header %s is tampered with', async (name) => {
    const changed = { ...v(2), headers: { ...v(2).headers, [name]: 'another' } };
    const { ok, tampered } = await auditOf([...without(2, 3, 4, 5, 6, 7), changed, ...[3, 4, 5, 6, 7].map(v)]);
    expect(ok).toBe(false);
    expect(tampered).toMatchObject([{ orderId, version: 2, where: 'topic' }]);
  });

  it.each([
    ['amount', { amountMinor: 999 }],
    ['reference', { reference: { keyId: null, value: Buffer.from('p-2') } }],
    ['actor', { actor: { id: 'somebody', role: 'system' } }],
    ['time of occurrence', { occurredAt: 1 }],
    ['customer', { customerId: 'c-other' }],
  ])('a payload with another %s is tampered with', async (_, change) => {
    const changed = await saying(v(2), change);
    const { tampered } = await auditOf([...without(2, 3, 4, 5, 6, 7), changed, ...[3, 4, 5, 6, 7].map(v)]);
    expect(tampered).toMatchObject([{ orderId, version: 2, where: 'topic' }]);
  });

  it('a record with another time than was recorded is tampered with', async () => {
    const timestamp = v(7).timestamp + 1;
    const headers = { ...v(7).headers, ce_time: new Date(timestamp).toISOString() };
    expect(await auditOf([...without(7), { ...v(7), timestamp, headers }])).toEqual(
      caught({ tampered: [[orderId, 7, 'topic']] }),
    );
  });

  it('another event in the place of the stored one is divergent', async () => {
    expect(await auditOf([...without(7), await another(7)])).toEqual(caught({ divergent: [[orderId, 7, 'topic']] }));
  });

  it('a store put back to an earlier moment is divergent: the topic knows more, and versions were given twice', async () => {
    const before = [...without(7), await another(7), await another(8)];
    const { divergent, ...others } = await auditOf([...before, v(7)]);
    expect(divergent).toMatchObject([
      { orderId, version: 7, where: 'topic', what: expect.stringMatching(/another event.*given twice/u) as string },
      { orderId, version: 8, where: 'topic' },
    ]);
    expect(others).toMatchObject({ lost: [], outOfOrder: [], tampered: [] });
  });

  it('what is no event of an order is counted and no fault', async () => {
    const garbage = { ...v(7), value: Buffer.from('garbage') };
    const tombstone = { ...v(7), value: null };
    const before = (await auditOf(records)).unreadable;
    expect(await auditOf([...records, garbage, tombstone])).toMatchObject({ ...clean, unreadable: before + 2 });
  });
});

/** The record that a history which was forgotten since had as this version. */
const another = async (version: number): Promise<Copied> => {
  const eventId = v(1).headers['ce_id']!.replace(/.{8}$/u, `0000000${version}`);
  const record = await saying(v(7), { eventId, version });
  return { ...record, headers: { ...record.headers, ce_id: eventId, 'event-version': String(version) } };
};
