/** The first 64 bits of the SHA-256 of a text, as bigint. */
export const digestSql = (text: string): string =>
  `('x' || left(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 16))::bit(64)::bigint`;

/** Orders whose ids are of the same 65.536 seconds: the first 32 of a UUIDv7's 48 bits of milliseconds. */
export const bucketSql = `left(order_id::text, 8)`;

const centsSql = (text: string): string => `round((${text})::numeric * 100)::bigint`;

/** Was stored in a shape before the present one; read as today's by `presentData`. */
export const olderShape = `(type = 'OrderCreated' AND schema_version < 3)`;

const linesOfFirst = `(
  SELECT jsonb_agg(jsonb_build_object('sku', sku, 'name', sku, 'quantity', pieces, 'unitPriceMinor', 0) ORDER BY place)
  FROM (SELECT sku, count(*) AS pieces, min(place) AS place
    FROM jsonb_array_elements_text(data->'product_ids') WITH ORDINALITY AS product (sku, place) GROUP BY sku) line)`;

const linesOfSecond = `(
  SELECT jsonb_agg(jsonb_build_object('sku', line->'sku', 'name', line->'name', 'quantity', line->'quantity',
    'unitPriceMinor', ${centsSql(`line->>'unitPrice'`)}) ORDER BY place)
  FROM jsonb_array_elements(data->'items') WITH ORDINALITY AS item (line, place))`;

/** `data` in the shape of today, told by the contract and not by the pipeline's own upcasters. */
export const presentData = `CASE WHEN ${olderShape} THEN jsonb_build_object(
    'customerId', coalesce(data->>'customer_id', 'unknown'), 'restaurantId', coalesce(data->>'restaurant_id', 'unknown'),
    'items', coalesce(CASE schema_version WHEN 1 THEN ${linesOfFirst} ELSE ${linesOfSecond} END, '[]'),
    'totalMinor', ${centsSql(`data->>'total'`)}, 'currency', 'USD', 'deliveryAddress', NULL, 'notes', NULL)
  ELSE data END`;

const presentVersion = `CASE WHEN ${olderShape} THEN 3 ELSE schema_version END`;
const recordedMs = `(extract(epoch FROM recorded_at) * 1000)::bigint::text`;

/**
 * Everything of an event that its record on the topic must show too, each on its own line; `recordForm` makes the same text
 * from a record. No value but the last holds a line break.
 */
export const contentSql = `concat_ws(E'\\n', order_id, version, event_id, type, ${presentVersion}, ${recordedMs},
  metadata->>'occurredAt', metadata->'actor'->>'role', metadata->'actor'->>'id', metadata->>'correlationId',
  coalesce(metadata->>'causationId', ''), coalesce(metadata->>'traceparent', ''), ${presentData})`;

/** The form that an event's hash is over, written down here a second time so that no function of the store is believed. */
export const chainSql = `sha256(coalesce(previous_hash, decode(repeat('00', 32), 'hex')) || convert_to(
  concat_ws(E'\\n', order_id, version, event_id, type, schema_version, ${recordedMs}, data, metadata), 'UTF8'))`;

/** Order id, version and event id of the newest event, hashed; both sides are hashed by PostgreSQL. */
export const headSql = `hashtextextended(concat_ws(' ', order_id, version, event_id), 0)`;
