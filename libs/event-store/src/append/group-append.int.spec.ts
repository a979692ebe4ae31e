import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { AppendRequest } from '../append-request.ts';
import { readChain } from '../chain/read-chain.ts';
import { verifyHashChain } from '../chain/verify-hash-chain.ts';
import { createEventStore } from '../create-event-store.ts';
import {
  appendOf,
  newEvent,
  newId,
  openOrdersDatabase,
  unstorable,
  type OrdersDatabase,
} from '../testing/orders-database.ts';
import { flush } from './flush.ts';

describe('group append, on a real database', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
  });
  afterAll(() => orders.end());

  const transactionsOf = async (orderIds: string[]): Promise<number> => {
    const { rows } = await orders.admin.query<{ transactions: number }>(
      'SELECT count(DISTINCT xmin::text)::int AS transactions FROM event WHERE order_id = ANY($1)',
      [orderIds],
    );
    return rows[0]?.transactions ?? 0;
  };
  const stored = async (orderId: string) => {
    const { rows } = await orders.admin.query<{ events: number; outbox: number; receipts: number; snapshots: number }>(
      `SELECT (SELECT count(*)::int FROM event WHERE order_id = $1) AS events,
         (SELECT count(*)::int FROM outbox WHERE message_key = $1::text) AS outbox,
         (SELECT count(*)::int FROM receipt WHERE order_id = $1) AS receipts,
         (SELECT count(*)::int FROM snapshot WHERE order_id = $1) AS snapshots`,
      [orderId],
    );
    return rows[0];
  };

  it('commits appends that come together in few transactions, each order in one', async () => {
    const ids = Array.from({ length: 64 }, () => newId());
    await Promise.all(ids.map((orderId) => orders.store.append(appendOf(orderId, 0, 2))));
    expect(await transactionsOf(ids)).toBeLessThanOrEqual(3);
    for (const id of ids) expect(await transactionsOf([id])).toBe(1);
  });

  it('gives the relay the outbox rows of each order in the order of its versions', async () => {
    const slot = `slot_of_${orders.database.name}`;
    await orders.admin.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [slot]);
    const ids = Array.from({ length: 8 }, () => newId());
    await Promise.all(ids.map((orderId) => orders.store.append(appendOf(orderId, 0, 12))));
    const { rows } = await orders.admin.query<{ data: Buffer }>(
      `SELECT data FROM pg_logical_slot_get_binary_changes($1, NULL, NULL, 'proto_version', '1', 'publication_names', 'orderline_outbox')`,
      [slot],
    );
    await orders.admin.query('SELECT pg_drop_replication_slot($1)', [slot]);
    const relayed = rows
      .filter(({ data }) => data.toString('latin1', 0, 1) === 'I')
      .map(({ data }) => insertedTexts(data));
    for (const id of ids) {
      const versions = relayed.filter((columns) => columns[2] === id).map((columns) => Number(columns[13]));
      expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
  });

  /** Columns of pgoutput's Insert: 'I', relation oid, 'N', their number, then for each 't', length, text. */
  const insertedTexts = (message: Buffer): string[] => {
    const texts: string[] = [];
    for (let offset = 8; texts.length < message.readInt16BE(6);) {
      const length = message.readInt32BE(offset + 1);
      texts.push(message.toString('utf8', offset + 5, offset + 5 + length));
      offset += 5 + length;
    }
    return texts;
  };

  type Kind =
    | 'lawful'
    | 'two events'
    | 'new key'
    | 'snapshot'
    | 'two events, new key, snapshot'
    | 'conflict'
    | 'ahead'
    | 'unstorable'
    | 'half unstorable'
    | 'used key';
  const kind = fc.constantFrom<Kind>(
    'lawful',
    'lawful',
    'two events',
    'new key',
    'snapshot',
    'two events, new key, snapshot',
    'conflict',
    'ahead',
    'unstorable',
    'half unstorable',
    'used key',
  );

  it('never fails one append for another: random groups of lawful, lost and refused ones', async () => {
    await orders.store.append({ ...appendOf(newId(), 0), receipt: receiptOf('used') });
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { minLength: 1, maxLength: 24 }), async (kinds) => {
        const before = new Map<string, number>();
        const requests: AppendRequest[] = [];
        for (const what of kinds) {
          const orderId = newId();
          const exists = what === 'conflict' ? 1 : 0;
          if (exists > 0) await orders.store.append(appendOf(orderId, 0));
          before.set(orderId, exists);
          requests.push(requestOf[what](orderId));
        }
        const settled = await Promise.allSettled(requests.map((request) => orders.store.append(request)));
        for (const [index, what] of kinds.entries()) {
          const { orderId } = requests[index]!;
          expect(summary(settled[index]!)).toBe(expectation[what].answer);
          const written = before.get(orderId)! + expectation[what].events;
          expect(await stored(orderId)).toEqual({
            events: written,
            outbox: written,
            receipts: what.includes('new key') ? 1 : 0,
            snapshots: what.includes('snapshot') ? 1 : 0,
          });
          expect(verifyHashChain(await readChain(orders.pool, orderId))).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  const receiptOf = (key: string) => ({ key, fingerprint: 'f', status: 201 });
  const snapshot = { fingerprint: 'shape', state: { n: 1 } };
  const requestOf: Record<Kind, (orderId: string) => AppendRequest> = {
    lawful: (orderId) => appendOf(orderId, 0),
    'two events': (orderId) => appendOf(orderId, 0, 2),
    'new key': (orderId) => ({ ...appendOf(orderId, 0), receipt: receiptOf(orderId) }),
    snapshot: (orderId) => ({ ...appendOf(orderId, 0), snapshot }),
    'two events, new key, snapshot': (orderId) => ({
      ...appendOf(orderId, 0, 2),
      receipt: receiptOf(orderId),
      snapshot,
    }),
    conflict: (orderId) => appendOf(orderId, 0),
    ahead: (orderId) => appendOf(orderId, 3),
    unstorable: (orderId) => ({ orderId, expectedVersion: 0, events: [unstorable()] }),
    'half unstorable': (orderId) => ({ orderId, expectedVersion: 0, events: [newEvent(), unstorable()] }),
    'used key': (orderId) => ({ ...appendOf(orderId, 0), receipt: receiptOf('used') }),
  };
  const expectation: Record<Kind, { answer: string; events: number }> = {
    lawful: { answer: 'appended', events: 1 },
    'two events': { answer: 'appended', events: 2 },
    'new key': { answer: 'appended', events: 1 },
    snapshot: { answer: 'appended', events: 1 },
    'two events, new key, snapshot': { answer: 'appended', events: 2 },
    conflict: { answer: 'StreamVersionConflict', events: 0 },
    ahead: { answer: 'StreamVersionConflict', events: 0 },
    unstorable: { answer: 'refused', events: 0 },
    'half unstorable': { answer: 'refused', events: 0 },
    'used key': { answer: 'receipt_exists', events: 0 },
  };
  const summary = (one: PromiseSettledResult<{ outcome: string }>): string => {
    if (one.status === 'fulfilled') return one.value.outcome;
    const reason = one.reason as { name: string; code?: string };
    return reason.code ?? reason.name;
  };

  it('runs a refused group again one by one, receipts and snapshots included', async () => {
    const good = newId();
    const settled = await flush(orders.pool, [
      { ...appendOf(good, 0), receipt: receiptOf(good), snapshot },
      { orderId: newId(), expectedVersion: 0, events: [unstorable()] },
    ]);
    expect(settled.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await stored(good)).toEqual({ events: 1, outbox: 1, receipts: 1, snapshots: 1 });
  });

  it('never dead-locks processes whose groups share orders and keys', async () => {
    const ids = Array.from({ length: 12 }, () => newId());
    const stores = Array.from({ length: 6 }, () => createEventStore(orders.pool));
    const settled = await Promise.allSettled(
      stores.flatMap((store) =>
        ids
          .toSorted(() => Math.random() - 0.5)
          .map((orderId, index) =>
            store.append({
              ...appendOf(orderId, 0, 2),
              receipt: receiptOf(`shared-${String(index)}`),
            }),
          ),
      ),
    );
    for (const one of settled) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ name: 'StreamVersionConflict' });
    }
    for (const id of ids) expect([undefined, 0, 2]).toContain((await stored(id))?.events);
    const { rows } = await orders.admin.query<{ receipts: number }>(
      `SELECT count(*)::int AS receipts FROM receipt WHERE key LIKE 'shared-%' GROUP BY key`,
    );
    expect(rows.every(({ receipts }) => receipts === 1)).toBe(true);
  });
});
