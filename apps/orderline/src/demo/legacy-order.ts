import { randomUUIDv7 } from 'node:crypto';
import {
  currentSchemaIds,
  encodeEvent,
  toRecordFields,
  topicName,
  upcast,
  type ContractEvent,
  type OrderCreatedV1,
  type OrderCreatedV2,
  type RegisteredSchema,
  type SchemaIds,
} from '@orderline/contracts';
import { createPool, type Pool } from '@orderline/postgres';

type Owner = { customerId: string; restaurantId: string };

/** Puts an order into the store as versions 1 and 2 of OrderCreated were stored, and its record, in today's shape, into the outbox. */
export type LegacyOrders = {
  store: (schemaVersion: 1 | 2, owner: Owner) => Promise<string>;
  close: () => Promise<void>;
};

/** `ordersUrl` is the address of the orders database as its owner: an import of old history is nobody else's right. */
export const legacyOrders = async (ordersUrl: string): Promise<LegacyOrders> => {
  const pool = createPool({ databaseUrl: ordersUrl, applicationName: 'orderline demo', max: 2 });
  const { rows } = await pool.query<RegisteredSchema>('SELECT subject, fingerprint, id FROM schema_id');
  const schemaIds = currentSchemaIds(rows);
  return {
    store: (schemaVersion, owner) => storeCreated(pool, schemaIds, { schemaVersion, ...owner }),
    close: () => pool.end(),
  };
};

const asStored = ({ schemaVersion, customerId, restaurantId }: Owner & { schemaVersion: 1 | 2 }) => {
  const owner = { customer_id: customerId, restaurant_id: restaurantId, total: '22.25' };
  const first: OrderCreatedV1 = { ...owner, product_ids: ['sku-1', 'sku-1', 'sku-2'] };
  const second: OrderCreatedV2 = {
    ...owner,
    items: [
      { sku: 'sku-1', name: 'Dish 1', quantity: 2, unitPrice: '9.50' },
      { sku: 'sku-2', name: 'Dish 2', quantity: 1, unitPrice: '3.25' },
    ],
  };
  return schemaVersion === 1 ? first : second;
};

const storeCreated = async (
  pool: Pool,
  schemaIds: SchemaIds,
  order: Owner & { schemaVersion: 1 | 2 },
): Promise<string> => {
  const [orderId, eventId] = [randomUUIDv7(), randomUUIDv7()];
  const actor = { id: 'import', role: 'system' };
  const occurredAt = Date.now();
  const data = asStored(order);
  const today = upcast({ type: 'OrderCreated', schemaVersion: order.schemaVersion, data });
  if (today.type !== 'OrderCreated') throw new Error(`an OrderCreated was upcast to ${today.type}`);
  const record: ContractEvent = {
    type: 'OrderCreated',
    eventId,
    orderId,
    version: 1,
    occurredAt,
    schemaVersion: today.schemaVersion,
    customerId: order.customerId,
    restaurantId: order.restaurantId,
    correlationId: orderId,
    causationId: null,
    actor,
    aggregateType: 'Order',
    ...toRecordFields('OrderCreated', today.data),
  };
  const traceparent = `00-${orderId.replaceAll('-', '')}-${eventId.replaceAll('-', '').slice(16)}-01`;
  const metadata = {
    actor,
    correlationId: orderId,
    causationId: null,
    traceparent,
    occurredAt: new Date(occurredAt).toISOString(),
  };
  const payload = encodeEvent(record, schemaIds);
  await pool.query(insertStored, [
    orderId,
    eventId,
    order.schemaVersion,
    data,
    metadata,
    payload,
    topicName,
    traceparent,
  ]);
  return orderId;
};

const insertStored = `
WITH moment AS MATERIALIZED (SELECT date_trunc('milliseconds', clock_timestamp()) AS at),
stored AS (
  INSERT INTO event (order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash)
  SELECT (e.row).order_id, (e.row).version, (e.row).event_id, (e.row).type, (e.row).schema_version, (e.row).data,
    (e.row).metadata, (e.row).recorded_at, event_hash(NULL, e.row)
  FROM (
    SELECT ROW($1::uuid, 1, $2::uuid, 'OrderCreated', $3::int, $4::jsonb, $5::jsonb, at, '\\x'::bytea)::event AS row
    FROM moment
  ) e
)
INSERT INTO outbox (event_id, route, message_key, payload, recorded_at, ce_specversion, ce_id, ce_source, ce_type,
  ce_subject, ce_time, content_type, event_type, event_version, correlation_id, traceparent)
SELECT $2::uuid, split_part($7::text, '.', 2), $1::uuid::text, $6::bytea, at AT TIME ZONE 'UTC', '1.0', $2::uuid::text,
  '/orderline/order-command', 'orderline.orders.OrderCreated', $1::uuid::text,
  to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'application/avro', 'OrderCreated', '1',
  $1::uuid::text, $8::text
FROM moment`;
