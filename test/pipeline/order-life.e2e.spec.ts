import { describe, expect, inject, it } from 'vitest';
import { anOrder, command, createOrder, readOrder, readSummary, toTheDoor } from './order-client.ts';
import { recordsOf } from './topic-records.ts';

describe('the life of an order', () => {
  it('goes by HTTP into the store, through the relay onto the topic, and is seen in the read model', async () => {
    const { body: created } = await createOrder();
    for (const [action, body] of toTheDoor) {
      expect((await command(created.orderId, action, body)).status).toBe(200);
    }
    const { body: written } = await readOrder(created.orderId);
    const { status, body: summary, headers } = await readSummary(created.orderId, 6);
    expect(status).toBe(200);
    expect(headers.get('x-event-version')).toBe('6');
    expect(summary).toMatchObject({
      orderId: created.orderId,
      version: 6,
      status: 'Delivered',
      customerId: anOrder.customerId,
      restaurantId: anOrder.restaurantId,
      currency: 'USD',
      total: '10.25',
      itemCount: 3,
      updatedAt: written.updatedAt,
    });
  });

  it('leaves Avro records with the headers that subscribers are promised', async () => {
    const { body: created } = await createOrder();
    await command(created.orderId, 'confirm', undefined, {
      'x-actor': 'restaurant:r-7',
      'x-correlation-id': 'corr-1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    const { body: confirmed } = await readOrder(created.orderId);
    const [first, second] = await recordsOf(created.orderId, 2);
    expect(first?.event).toMatchObject({ type: 'OrderCreated', totalMinor: 1025, currency: 'USD', schemaVersion: 3 });
    expect(second?.event).toMatchObject({
      type: 'OrderConfirmed',
      orderId: created.orderId,
      version: 2,
      aggregateType: 'Order',
      customerId: 'c-1',
      correlationId: 'corr-1',
      causationId: null,
      actor: { id: 'r-7', role: 'restaurant' },
    });
    expect(second?.record.timestamp).toBe(Date.parse(confirmed.updatedAt));
    expect(second?.record.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_source: '/orderline/order-command',
      ce_type: 'orderline.orders.OrderConfirmed',
      ce_subject: created.orderId,
      ce_time: confirmed.updatedAt,
      'content-type': 'application/avro',
      'event-type': 'OrderConfirmed',
      'event-version': '2',
      'correlation-id': 'corr-1',
    });
    expect(second?.record.headers['traceparent']).toContain('0af7651916cd43dd8448eb211c80319c');
    expect(JSON.stringify([first?.record.headers, second?.record.headers])).not.toContain('Main Street');
  });

  it('is refused in plain words where the lifecycle forbids a step, and the read model does not move', async () => {
    const { body: created } = await createOrder();
    const refused = await command(created.orderId, 'deliver', {});
    expect([refused.status, refused.body]).toMatchObject([409, { code: 'transition_refused' }]);
    expect((await readSummary(created.orderId, 1)).body).toMatchObject({ version: 1, status: 'Created' });
  });

  it('is listed newest first', async () => {
    const customerId = `c-list-${Date.now()}`;
    const first = (await createOrder({ customerId })).body.orderId;
    const second = (await createOrder({ customerId })).body.orderId;
    await readSummary(first, 1);
    await readSummary(second, 1);
    const answer = await fetch(`${inject('stack').summaryUrl}/orders?customerId=${customerId}&limit=1`);
    const page = (await answer.json()) as { items: { orderId: string }[]; next: string | null };
    expect(page.items.map(({ orderId }) => orderId)).toEqual([second]);
    const rest = await fetch(
      `${inject('stack').summaryUrl}/orders?customerId=${customerId}&limit=1&after=${encodeURIComponent(page.next ?? '')}`,
    );
    expect(((await rest.json()) as typeof page).items.map(({ orderId }) => orderId)).toEqual([first]);
  });
});
