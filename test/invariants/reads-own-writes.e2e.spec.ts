import { describe, expect, it } from 'vitest';
import { command, createOrder, toTheDoor } from '../pipeline/order-client.ts';
import { projectors, projectorNames, stackPlaces, urlOf, type ProjectorName } from './projectors.ts';

const ask = (name: ProjectorName, path: string, headers: Record<string, string>): Promise<Response> =>
  fetch(urlOf(name) + path, { headers });

const after = (orderId: string, version: number, waitSeconds = 30): Record<string, string> => ({
  'x-order-id': orderId,
  'x-event-version': String(version),
  prefer: `wait=${waitSeconds}`,
});

describe('a read that names a version reflects it, or says that it does not yet', () => {
  it('every read model shows each step of an order to the client that took it, at once', async () => {
    const customerId = `c-own-${Date.now()}`;
    const restaurantId = `r-own-${Date.now()}`;
    const { orderId, ...created } = (await createOrder({ customerId, restaurantId })).body;
    const steps = [created, ...toTheDoor];
    for (const [at, step] of steps.entries()) {
      const { version, status } = Array.isArray(step) ? (await command(orderId, step[0], step[1])).body : created;
      expect(version).toBe(at + 1);
      const headers = after(orderId, version);
      const summary = await ask('order-summary', `/orders/${orderId}`, headers);
      expect(Number(summary.headers.get('x-event-version'))).toBe(version);
      expect(await summary.json()).toMatchObject({ version, status });
      const history = await ask('customer-history', `/customers/${customerId}/orders`, headers);
      expect(await history.json()).toMatchObject({ items: [{ orderId, version, status }] });
      const board = await ask('restaurant-dashboard', `/restaurants/${restaurantId}/dashboard`, headers);
      const openOrders = status === 'Delivered' ? [] : [{ orderId, version, status }];
      expect(await board.json()).toMatchObject({ openOrders });
      const counts = await ask('analytics', `/status-counts?status=${status}&limit=200`, headers);
      expect(JSON.stringify(await counts.json())).toContain(orderId);
    }
  });

  it.each(projectorNames)('%s answers 202 with what it has when the version does not come in time', async (name) => {
    const { orderId } = (await createOrder()).body;
    expect((await ask(name, projectors[name].read, after(orderId, 1))).status).toBe(200);
    const notYet = await ask(name, projectors[name].read, after(orderId, 2, 0));
    expect(notYet.status).toBe(202);
    expect(Number(notYet.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await notYet.json()).toEqual({
      code: 'not_yet_visible',
      orderId,
      requiredVersion: 2,
      currentVersion: 1,
    });
  });

  it('a version without an order, and one that is none, are refused by all of them', async () => {
    for (const { name } of stackPlaces()) {
      for (const headers of [{ 'x-event-version': '1' }, after('01920000-0000-7000-8000-000000000000', -1)]) {
        expect((await ask(name, projectors[name].read, headers)).status, name).toBe(400);
      }
    }
  });
});
