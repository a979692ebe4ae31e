import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { expect, inject, it } from 'vitest';
import { anOrder, command, createOrder } from './order-client.ts';
import { recordsOf } from './topic-records.ts';

it('a subscriber reads the topic with the registry client that it knows, and none of our code', async () => {
  const { body: created } = await createOrder();
  await command(created.orderId, 'confirm', undefined, { 'x-actor': 'restaurant:r-7' });
  const registry = new SchemaRegistry({ host: inject('stack').registryUrl });
  const values = (await recordsOf(created.orderId, 2)).map(({ record }) => record.value);
  const [first, second] = await Promise.all(values.map((value) => registry.decode(value!) as Promise<object>));
  expect(first).toMatchObject({
    orderId: created.orderId,
    version: 1,
    schemaVersion: 3,
    aggregateType: 'Order',
    customerId: anOrder.customerId,
    totalMinor: 1025,
    currency: 'USD',
    items: [
      { sku: 'soup', name: 'Soup of the day', quantity: 2, unitPriceMinor: 450 },
      { sku: 'bread', name: 'Bread', quantity: 1, unitPriceMinor: 125 },
    ],
    deliveryAddress: { keyId: null, value: Buffer.from('1 Main Street') },
  });
  expect(second).toMatchObject({ orderId: created.orderId, version: 2, actor: { id: 'r-7', role: 'restaurant' } });
});
