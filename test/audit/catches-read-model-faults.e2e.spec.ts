import { beforeAll, describe, expect, it } from 'vitest';
import { atRest } from '../invariants/at-rest.ts';
import { databaseUrlOf } from '../invariants/projectors.ts';
import { query } from '../invariants/query.ts';
import { command, createOrder, toTheDoor } from '../pipeline/order-client.ts';
import { plant } from './planted.ts';
import { caught, clean, stackAudit } from './stack-audit.ts';

const restaurantId = 'r-audit';
let orderId: string;
const audit = () => stackAudit({ settleMs: 300 });

/** A row of a generation that serves, of the order unless said otherwise. */
const shown = (database: string, projection: string, table: string, row = `order_id = '${orderId}'`) => ({
  database,
  table,
  where: `generation = serving_generation('${projection}') AND ${row}`,
});
/** Nothing tells events alike of one day from one another. */
const anyVersion = expect.any(Number) as number;
const summary = () => shown('order_summary', 'order-summary', 'order_summary');
const gate = () => shown('order_summary', 'order-summary', 'projection_order');
const update = ({ table, where }: { table: string; where: string }, set: string): string =>
  `UPDATE ${table} SET ${set} WHERE ${where}`;

beforeAll(async () => {
  ({ orderId } = (await createOrder({ restaurantId, currency: 'CHF' })).body);
  await command(orderId, 'payments', { method: 'card', amount: '3.21', reference: 'p-1' });
  await command(orderId, 'payments', { method: 'card', amount: '1.23', reference: 'p-2' });
  await command(orderId, 'refunds', { amount: '0.50', reason: 'cold', reference: 'r-1' });
  for (const [action, body] of toTheDoor.slice(0, 3)) await command(orderId, action, body);
  await atRest();
});

describe('a read model that is not what the events make', () => {
  it('is told from one that is', async () => {
    expect(await audit()).toMatchObject({ ...clean, parked: [] });
  });

  it('an effect counted twice in the row of an order is doubled', async () => {
    await plant(summary(), update(summary(), 'paid_minor = paid_minor + 123'));
    expect(await audit()).toEqual(caught({ doubled: [[orderId, 3, 'order-summary/order-summary']] }));
  });

  it.each([
    ['analytics', 'revenue', 'revenue', `currency = 'CHF'`, 'received_minor = received_minor + 321', 2],
    ['analytics', 'revenue', 'revenue', `currency = 'CHF'`, 'refunded_minor = refunded_minor + 50', 4],
    [
      ...(['restaurant_dashboard', 'restaurant-revenue', 'restaurant_revenue', `currency = 'CHF'`] as const),
      ...(['net_minor = net_minor + 123', 3] as const),
    ],
  ])('an effect counted twice in a row that orders share is doubled: %s %s %s %s %s', async (...planted) => {
    const [database, projection, table, row, set, version] = planted;
    const place = shown(database, projection, table, row);
    await plant(place, update(place, set));
    const where = `${database.replace('_', '-')}/${projection}`;
    expect(await audit()).toEqual(caught({ doubled: [[orderId, version, where]] }));
  });

  it.each([
    ['restaurant_dashboard', 'restaurant-days', 'restaurant_day', `restaurant_id = '${restaurantId}'`, 'created', 1],
    ['analytics', 'funnel', 'funnel', 'true', 'ready', anyVersion],
    ['analytics', 'status-flow', 'status_flow', `grain = 'day' AND status = 'Ready'`, 'net', anyVersion],
  ])('so is one in a count: %s %s %s %s %s', async (...planted) => {
    const [database, projection, table, row, column, version] = planted;
    const place = shown(database, projection, table, row);
    await plant(place, update(place, `${column} = ${column} + 1`));
    const { doubled, ...others } = await audit();
    const where = `${database.replace('_', '-')}/${projection}`;
    expect(doubled).toMatchObject([{ where, version }]);
    expect(others).toMatchObject({ ok: false, lost: [], divergent: [], tampered: [], outOfOrder: [] });
  });

  it('an effect left out of a row is lost', async () => {
    await plant(summary(), update(summary(), 'paid_minor = paid_minor - 321'));
    expect(await audit()).toEqual(caught({ lost: [[orderId, 2, 'order-summary/order-summary']] }));
  });

  it.each([
    ['order_summary', 'order-summary', 'order_summary', `status = 'Cancelled'`],
    ['customer_history', 'customer-orders', 'customer_order', `customer_id = 'somebody'`],
    ['restaurant_dashboard', 'open-orders', 'open_order', `since = since + interval '1 ms'`],
    ['restaurant_dashboard', 'preparations', 'preparation', 'seconds = seconds + 1'],
  ])('a row that was edited is divergent: %s %s %s %s', async (database, projection, table, set) => {
    const place = shown(database, projection, table);
    await plant(place, update(place, set));
    const where = `${database.replace('_', '-')}/${projection}`;
    expect(await audit()).toEqual(caught({ divergent: [[orderId, 7, where]] }));
  });

  it.each([
    ['order_summary', 'order-summary', 'order_summary'],
    ['analytics', 'status-intervals', 'status_interval'],
    ['restaurant_dashboard', 'preparations', 'preparation'],
  ])('rows that were deleted are lost: %s %s %s', async (database, projection, table) => {
    const place = shown(database, projection, table);
    await plant(place, `DELETE FROM ${table} WHERE ${place.where}`);
    const where = `${database.replace('_', '-')}/${projection}`;
    expect(await audit()).toEqual(caught({ lost: [[orderId, 7, where]] }));
  });

  it('a row that no event makes is divergent', async () => {
    const id = '01980000-0000-7000-8000-00000000a0d2';
    const added = shown('order_summary', 'order-summary', 'order_summary', `order_id = '${id}'`);
    await plant(
      added,
      `INSERT INTO order_summary SELECT (jsonb_populate_record(t, '{"order_id": "${id}"}')).* FROM order_summary t
       WHERE ${summary().where}`,
    );
    expect(await audit()).toEqual(caught({ divergent: [[id, 0, 'order-summary/order-summary']] }));
  });
});

describe('a deduplication table that is not where the rows are', () => {
  it('ahead of the store it is divergent', async () => {
    await plant(gate(), update(gate(), 'version = version + 1'));
    expect(await audit()).toEqual(caught({ divergent: [[orderId, 8, 'order-summary/order-summary']] }));
  });

  it('back by one, the row is divergent, and the record that the checkpoint has passed is lost', async () => {
    await plant(gate(), update(gate(), 'version = version - 1'));
    expect(await audit()).toEqual(
      caught({
        lost: [[orderId, 7, 'order-summary/order-summary']],
        divergent: [
          [orderId, 6, 'order-summary/order-summary'],
          [orderId, 7, 'order-summary/order-summary'],
        ],
      }),
    );
  });

  it('at another event than the stored one it is divergent', async () => {
    await plant(gate(), update(gate(), 'event_id = gen_random_uuid()'));
    expect(await audit()).toEqual(caught({ divergent: [[orderId, 7, 'order-summary/order-summary']] }));
  });

  it('a checkpoint that was moved past records of an order loses them', async () => {
    await plant(summary(), `DELETE FROM order_summary WHERE ${summary().where}`);
    await plant(gate(), `DELETE FROM projection_order WHERE ${gate().where}`);
    expect(await audit()).toEqual(caught({ lost: [[orderId, 1, 'order-summary/order-summary']] }));
  });

  it('a checkpoint before them is only behind', async () => {
    await plant(summary(), `DELETE FROM order_summary WHERE ${summary().where}`);
    await plant(gate(), `DELETE FROM projection_order WHERE ${gate().where}`);
    const checkpoint = shown('order_summary', 'order-summary', 'projection_checkpoint', 'true');
    await plant(checkpoint, update(checkpoint, 'next_offset = 0'));
    expect(await audit()).toMatchObject({
      ...clean,
      ok: false,
      behind: [{ where: 'order-summary/order-summary', orders: 1 }],
    });
  });

  it('a parked order is told as parked, and its row is held to the version that it was parked after', async () => {
    const [event] = await query<{ at: string; id: string }>(
      databaseUrlOf('orders'),
      'SELECT recorded_at::text AS at, event_id AS id FROM event WHERE order_id = $1 AND version = 6',
      [orderId],
    );
    await plant(gate(), update(gate(), `parked = true, version = 6, event_id = '${event!.id}'`));
    await plant(summary(), update(summary(), `version = 6, status = 'Preparing', updated_at = '${event!.at}'`));
    expect(await audit()).toMatchObject({
      ...clean,
      parked: [{ orderId, version: 6, where: 'order-summary/order-summary' }],
    });
    await plant(summary(), update(summary(), `status = 'Ready'`));
    expect(await audit()).toEqual(caught({ divergent: [[orderId, 7, 'order-summary/order-summary']] }));
  });
});
