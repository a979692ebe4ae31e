import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  appendOf,
  newEvent,
  newId,
  openOrdersDatabase,
  unstorable,
  type OrdersDatabase,
} from '../testing/orders-database.ts';
import { createEventStore } from '../create-event-store.ts';
import { EventStoreError, StreamVersionConflict } from '../event-store-error.ts';

describe('append, on a real database', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
  });
  afterAll(() => orders.end());

  /** One store per process, so that racers meet in the database and not in one queue. */
  const processes = (count: number) => Array.from({ length: count }, () => createEventStore(orders.pool));
  const versionsOf = async (orderId: string) =>
    (await orders.store.readEvents(orderId, 0, 1000)).map(({ version }) => version);
  const outboxVersionsOf = async (orderId: string) => {
    const { rows } = await orders.admin.query<{ event_version: string }>(
      'SELECT event_version FROM outbox WHERE message_key = $1 ORDER BY event_version::int',
      [orderId],
    );
    return rows.map(({ event_version: version }) => Number(version));
  };

  it('stores what it was given, and puts the same event into the outbox for the relay', async () => {
    const orderId = newId();
    const event = newEvent();
    const outcome = await orders.store.append({ orderId, expectedVersion: 0, events: [event] });
    expect(outcome).toMatchObject({ outcome: 'appended', version: 1 });
    const [stored] = await orders.store.readEvents(orderId, 0, 10);
    const { eventId, type, schemaVersion, data, metadata } = event;
    expect(stored).toMatchObject({ orderId, version: 1, eventId, type, schemaVersion, data, metadata });

    const at = stored?.recordedAt ?? 0;
    expect(outcome).toMatchObject({ recordedAt: [at] });
    const { rows } = await orders.admin.query('SELECT * FROM outbox WHERE message_key = $1', [orderId]);
    expect(rows).toEqual([
      {
        event_id: eventId,
        route: 'orders',
        message_key: orderId,
        payload: event.outbox.payload,
        recorded_at: expect.any(Date) as Date,
        ce_specversion: '1.0',
        ce_id: eventId,
        ce_source: '/orderline/order-command',
        ce_type: 'orderline.orders.OrderUpdated',
        ce_subject: orderId,
        ce_time: new Date(at).toISOString(),
        content_type: 'application/avro',
        event_type: type,
        event_version: '1',
        correlation_id: 'correlation-1',
        traceparent: event.metadata.traceparent,
      },
    ]);
    const same = await orders.admin.query(
      `SELECT o.recorded_at = e.recorded_at AT TIME ZONE 'UTC' AS same FROM outbox o JOIN event e USING (event_id) WHERE e.order_id = $1`,
      [orderId],
    );
    expect(same.rows).toEqual([{ same: true }]);
  });

  it('lets one of eight racers on a version win, whole', async () => {
    const orderId = newId();
    await orders.store.append(appendOf(orderId, 0));
    const races = processes(8).map((store) => store.append(appendOf(orderId, 1, 2)));
    const settled = await Promise.allSettled(races);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const race of settled) {
      if (race.status === 'rejected') expect(race.reason).toEqual(new StreamVersionConflict(orderId, 1, 3));
    }
    expect(await versionsOf(orderId)).toEqual([1, 2, 3]);
    expect(await outboxVersionsOf(orderId)).toEqual([1, 2, 3]);
  });

  it('writes nothing for a version ahead, behind, or of an order that is not new', async () => {
    const orderId = newId();
    await orders.store.append(appendOf(orderId, 0, 2));
    for (const expected of [0, 1, 3, 7]) {
      await expect(orders.store.append(appendOf(orderId, expected))).rejects.toEqual(
        new StreamVersionConflict(orderId, expected, 2),
      );
    }
    const unknown = newId();
    await expect(orders.store.append(appendOf(unknown, 4))).rejects.toEqual(new StreamVersionConflict(unknown, 4, 0));
    expect(await outboxVersionsOf(orderId)).toEqual([1, 2]);
  });

  it('keeps every accepted command of 64 clients on one order exactly once, without a gap', async () => {
    const orderId = newId();
    await orders.store.append(appendOf(orderId, 0));
    const accepted = await Promise.all(
      processes(64).map(async (store) => {
        const event = newEvent();
        for (;;) {
          const expectedVersion = (await store.load(orderId))?.version ?? 0;
          try {
            await store.append({ orderId, expectedVersion, events: [event] });
            return event.eventId;
          } catch (error) {
            if (!(error instanceof StreamVersionConflict)) throw error;
          }
        }
      }),
    );
    const stored = await orders.store.readEvents(orderId, 1, 1000);
    expect(stored.map(({ version }) => version)).toEqual(Array.from({ length: 64 }, (_, index) => index + 2));
    expect(stored.map(({ eventId }) => eventId).toSorted()).toEqual(accepted.toSorted());
  });

  it('never lands a two-event append by half, whichever of the two is refused', async () => {
    for (const events of [
      [newEvent(), unstorable()],
      [unstorable(), newEvent()],
      [newEvent(), newEvent({ type: 'T'.repeat(101) })],
    ]) {
      const orderId = newId();
      await expect(orders.store.append({ orderId, expectedVersion: 0, events })).rejects.toMatchObject({
        code: 'refused',
        retriable: false,
      });
      expect(await versionsOf(orderId)).toEqual([]);
      expect(await outboxVersionsOf(orderId)).toEqual([]);
    }
  });

  it('records strictly increasing times within an append and from one to the next, in milliseconds', async () => {
    const orderId = newId();
    for (const expected of [0, 5, 10]) await orders.store.append(appendOf(orderId, expected, 5));
    const times = (await orders.store.readEvents(orderId, 0, 100)).map(({ recordedAt }) => recordedAt);
    expect(
      times.every((time, index) => Number.isInteger(time) && (index === 0 || time > (times[index - 1] ?? 0))),
    ).toBe(true);
  });

  it('goes on from the previous event’s time when the clock has stepped back', async () => {
    const orderId = newId();
    await orders.store.append(appendOf(orderId, 0));
    const future = Date.now() + 3_600_000;
    await orders.admin.query(
      `INSERT INTO event SELECT order_id, 2, event_id, type, schema_version, data, metadata, to_timestamp($2::float8 / 1000), hash
       FROM event WHERE order_id = $1`,
      [orderId, future],
    );
    const outcome = await orders.store.append(appendOf(orderId, 2, 2));
    expect(outcome).toEqual({ outcome: 'appended', version: 4, recordedAt: [future + 1, future + 2] });
  });

  it('refuses before it reaches the database what no row can be made of', async () => {
    const refused = (change: object) => orders.store.append({ ...appendOf(newId(), 0), ...change });
    await expect(refused({ orderId: newId().toUpperCase() })).rejects.toThrow('no lower-case UUID');
    await expect(refused({ expectedVersion: -1 })).rejects.toThrow('counts from 0');
    await expect(refused({ events: [] })).rejects.toThrow('1 to 100 events');
    await expect(refused({ events: [newEvent({ eventId: 'x' })] })).rejects.toThrow('the event id x');
    const outbox = { payload: Buffer.alloc(262_145), ceType: 't' };
    await expect(refused({ events: [newEvent({ outbox })] })).rejects.toThrow('too many to relay');
  });

  it('calls refused what no row can be made of only, not a database that is set up wrongly', async () => {
    const request = appendOf(newId(), 0);
    await orders.admin.query('REVOKE INSERT ON outbox FROM orders_app');
    const error = await orders.store.append(request).catch((reason: unknown) => reason);
    await orders.admin.query('GRANT INSERT ON outbox TO orders_app');
    expect(error).not.toBeInstanceOf(EventStoreError);
    expect(error).toMatchObject({ code: '42501' });
    expect(await orders.store.append(request)).toMatchObject({ outcome: 'appended' });
  });

  it('says unavailable when the connection is lost, and does not try again', async () => {
    const orderId = newId();
    const holder = await orders.admin.connect();
    await holder.query('BEGIN');
    await holder.query(
      `INSERT INTO event SELECT $1, 1, event_id, type, schema_version, data, metadata, recorded_at, hash FROM event LIMIT 1`,
      [orderId],
    );
    const append = orders.store.append(appendOf(orderId, 0)).catch((error: unknown) => error);
    const victim = async () => {
      const { rows } = await orders.admin.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'orders_app' AND datname = current_database()`,
      );
      return rows[0]?.pid;
    };
    await expect.poll(victim).toBeTypeOf('number');
    await orders.admin.query('SELECT pg_terminate_backend($1)', [await victim()]);
    const error = await append;
    expect(error).toBeInstanceOf(EventStoreError);
    expect(error).toMatchObject({ code: 'unavailable', retriable: true });
    await holder.query('ROLLBACK');
    holder.release();
    expect(await versionsOf(orderId)).toEqual([]);
  });
});
