import { eventTypes } from '@orderline/contracts';
import { presentData } from '../store/event-sql.ts';

const knownTypes = eventTypes.map((type) => `'${type}'`).join(', ');

/**
 * Common table expressions that tell what read models should hold, by the event table alone: `e` has every event with what
 * counts in it, but for types that this build does not know: they move no row; `change` every change of status with the one before and the time of the next, `summary` a row per order.
 * `source` is what stands for the table `event`.
 */
export const historySql = (source: string): string => `
  status_of (type, status) AS (VALUES
    ('OrderCreated', 'Created'), ('OrderConfirmed', 'Confirmed'), ('OrderPreparing', 'Preparing'), ('OrderReady', 'Ready'),
    ('OrderOutForDelivery', 'OutForDelivery'), ('OrderDelivered', 'Delivered'), ('OrderCancelled', 'Cancelled')),
  present AS (
    SELECT order_id, version, type, recorded_at, CASE WHEN type IN ('OrderConfirmed', 'OrderReady', 'OrderUpdated',
      'OrderOutForDelivery', 'OrderDelivered', 'OrderCancelled') THEN NULL ELSE ${presentData} END AS data
    FROM ${source} stored),
  created AS MATERIALIZED (
    SELECT order_id, data->>'customerId' AS customer_id, data->>'restaurantId' AS restaurant_id,
      data->>'currency' AS currency, (recorded_at AT TIME ZONE 'UTC')::date AS created_day
    FROM present WHERE version = 1 AND type = 'OrderCreated'),
  e AS MATERIALIZED (
    SELECT order_id, version, type, recorded_at, status, (recorded_at AT TIME ZONE 'UTC')::date AS day,
      created.customer_id, created.restaurant_id, created.currency AS order_currency, created_day,
      data->>'currency' AS currency,
      CASE WHEN type = 'PaymentReceived' THEN (data->>'amountMinor')::bigint END AS received,
      CASE WHEN type = 'PaymentRefunded' THEN (data->>'amountMinor')::bigint END AS refunded,
      CASE WHEN type IN ('OrderCreated', 'OrderItemAdded', 'OrderItemRemoved') THEN (data->>'totalMinor')::bigint END AS total,
      CASE type
        WHEN 'OrderCreated' THEN (SELECT sum((item->>'quantity')::integer) FROM jsonb_array_elements(data->'items') item)
        WHEN 'OrderItemAdded' THEN (data->>'quantity')::integer
        WHEN 'OrderItemRemoved' THEN -(data->>'quantity')::integer END AS pieces,
      CASE WHEN type = 'OrderPreparing' THEN (data->>'estimatedReadyAt')::timestamptz(3) END AS estimated_ready_at
    FROM present JOIN created USING (order_id) LEFT JOIN status_of USING (type) WHERE type IN (${knownTypes})),
  change AS MATERIALIZED (
    SELECT order_id, version, created_day, status, recorded_at AS since,
      lag(status) OVER one_order AS before, lead(recorded_at) OVER one_order AS until
    FROM e WHERE status IS NOT NULL WINDOW one_order AS (PARTITION BY order_id ORDER BY version)),
  summary AS MATERIALIZED (
    SELECT order_id, max(version) AS version,
      (array_agg(status ORDER BY version DESC) FILTER (WHERE status IS NOT NULL))[1] AS status,
      min(customer_id) AS customer_id, min(restaurant_id) AS restaurant_id, min(order_currency) AS currency,
      (array_agg(total ORDER BY version DESC) FILTER (WHERE total IS NOT NULL))[1] AS total_minor,
      coalesce(sum(received), 0)::bigint AS paid_minor, coalesce(sum(refunded), 0)::bigint AS refunded_minor,
      coalesce(sum(pieces), 0)::integer AS item_count, min(recorded_at) AS created_at, max(recorded_at) AS updated_at,
      max(recorded_at) FILTER (WHERE status IS NOT NULL) AS since, max(estimated_ready_at) AS estimated_ready_at,
      min(recorded_at) FILTER (WHERE type = 'OrderPreparing') AS preparing_at,
      min(recorded_at) FILTER (WHERE type = 'OrderReady') AS ready_at
    FROM e GROUP BY order_id)`;
