import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { LoadedStream } from '../stored-event.ts';
import { appendOf, newEvent, newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';

describe('loading, on a real database', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
  });
  afterAll(() => orders.end());

  /** Appends `sizes` after each other; a snapshot of all event ids so far goes with those of `snapshots`. */
  const history = async (sizes: readonly number[], snapshots: readonly boolean[] = []) => {
    const orderId = newId();
    const ids: string[] = [];
    for (const [index, size] of sizes.entries()) {
      const request = appendOf(orderId, ids.length, size);
      ids.push(...request.events.map(({ eventId }) => eventId));
      const snapshot = { fingerprint: 'today', state: { ids: [...ids] } };
      await orders.store.append(snapshots[index] === true ? { ...request, snapshot } : request);
    }
    const events = await orders.store.readEvents(orderId, 0, 1000);
    return { orderId, ids, events };
  };
  const folded = (stream: LoadedStream | undefined): string[] => [
    ...((stream?.snapshot?.state['ids'] as string[] | undefined) ?? []),
    ...(stream?.events.map(({ eventId }) => eventId) ?? []),
  ];

  it('knows nothing of an order that is not there', async () => {
    expect(await orders.store.load(newId())).toBeUndefined();
    expect(await orders.store.loadAt(newId(), { version: 1 })).toBeUndefined();
    expect(await orders.store.readEvents(newId(), 0, 10)).toEqual([]);
  });

  it('replays all events without a snapshot, and only those after it with one', async () => {
    const { orderId, ids, events } = await history([2, 3, 1], [false, true]);
    expect(await orders.store.load(orderId)).toEqual({
      orderId,
      version: 6,
      headVersion: 6,
      createdAt: events[0]?.recordedAt,
      updatedAt: events[5]?.recordedAt,
      snapshot: undefined,
      events,
    });
    expect(await orders.store.load(orderId, { snapshotFingerprint: 'today' })).toMatchObject({
      version: 6,
      createdAt: events[0]?.recordedAt,
      updatedAt: events[5]?.recordedAt,
      snapshot: { version: 5, state: { ids: ids.slice(0, 5) } },
      events: [{ version: 6 }],
    });
  });

  it('ignores a snapshot of another shape', async () => {
    const { orderId, ids } = await history([1, 1], [true, true]);
    const loaded = await orders.store.load(orderId, { snapshotFingerprint: 'yesterday' });
    expect(loaded).toMatchObject({ snapshot: undefined, version: 2 });
    expect(folded(loaded)).toEqual(ids);
  });

  it('takes the time of a snapshot without a tail from its own event', async () => {
    const { orderId, events } = await history([1, 2], [false, true]);
    expect(await orders.store.load(orderId, { snapshotFingerprint: 'today' })).toMatchObject({
      version: 3,
      updatedAt: events[2]?.recordedAt,
      events: [],
    });
  });

  it('pages through events', async () => {
    const { orderId } = await history([5]);
    expect((await orders.store.readEvents(orderId, 1, 2)).map(({ version }) => version)).toEqual([2, 3]);
    expect((await orders.store.readEvents(orderId, 4, 9)).map(({ version }) => version)).toEqual([5]);
  });

  it('answers every version and every instant as a replay does, with and without snapshots', async () => {
    const appends = fc.array(fc.record({ size: fc.integer({ min: 1, max: 4 }), snapshot: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(appends, async (made) => {
        const { orderId, ids, events } = await history(
          made.map(({ size }) => size),
          made.map(({ snapshot }) => snapshot),
        );
        const instants = events.flatMap(({ recordedAt }) => [recordedAt - 1, recordedAt, recordedAt + 0.5]);
        for (const options of [{}, { snapshotFingerprint: 'today' }]) {
          for (let version = 1; version <= ids.length + 1; version += 1) {
            const loaded = await orders.store.loadAt(orderId, { version }, options);
            expect(folded(loaded)).toEqual(ids.slice(0, version));
            expect(loaded).toMatchObject({ version: Math.min(version, ids.length), headVersion: ids.length });
          }
          for (const at of instants) {
            const replayed = events.filter(({ recordedAt }) => recordedAt <= at);
            const loaded = await orders.store.loadAt(orderId, { at }, options);
            expect(folded(loaded)).toEqual(replayed.map(({ eventId }) => eventId));
            expect(loaded).toMatchObject({
              version: replayed.length,
              updatedAt: (replayed.at(-1) ?? events[0])?.recordedAt,
            });
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('finds orders whose ids lie before, in and beyond the partitions', async () => {
    for (const at of [Date.UTC(2019, 0, 1), Date.now(), Date.now() + 86_400_000 * 45, Date.UTC(2090, 0, 1)]) {
      const orderId = newId(at);
      await orders.store.append({ orderId, expectedVersion: 0, events: [newEvent()] });
      expect(await orders.store.load(orderId)).toMatchObject({ version: 1 });
    }
  });
});
