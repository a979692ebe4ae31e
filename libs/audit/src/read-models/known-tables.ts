/** A table whose rows the audit can tell from the stored events. */
export type KnownTable = {
  /** Which serves it. */
  readonly app: string;
  readonly projection: string;
  readonly table: string;
  /** Names of the key's columns, then of the others, in the order in which rows are compared. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Rows of one time bucket have the same; over columns of the table. */
  readonly bucket: string;
  /** What each event adds: `order_id`, `version`, the key and the columns that are sums. */
  readonly effects?: string;
  readonly sums: readonly string[];
} & (
  | { /** A row belongs to one order; a SELECT over the history. */ readonly rows: string; readonly shared: false }
  | { /** Orders share rows, which are sums of the effects. */ readonly effects: string; readonly shared: true }
);

const byOrder = `left(order_id::text, 8)`;
const summaryColumns = [
  ...['version', 'status', 'customer_id', 'restaurant_id', 'currency', 'total_minor', 'paid_minor', 'refunded_minor'],
  ...['item_count', 'created_at', 'updated_at'],
];

const summaryTable = (place: Pick<KnownTable, 'app' | 'projection' | 'table'>): KnownTable => ({
  ...place,
  key: ['order_id'],
  columns: summaryColumns,
  bucket: byOrder,
  shared: false,
  rows: 'SELECT * FROM summary',
  sums: ['paid_minor', 'refunded_minor', 'item_count'],
  effects: `SELECT order_id, version, coalesce(received, 0)::bigint AS paid_minor,
    coalesce(refunded, 0)::bigint AS refunded_minor, coalesce(pieces, 0)::integer AS item_count FROM e`,
});

const one = (status: string, name = status.toLowerCase()): string =>
  `CASE WHEN status = '${status}' THEN 1 ELSE 0 END::bigint AS ${name}`;

/** Count and hash of a table's rows in one time bucket. */
export type Sum = { readonly rows: number; readonly digest: string };
export type Sums = ReadonlyMap<string, Sum>;

export const toSums = (rows: readonly (readonly [bucket: string, rows: number, digest: string])[]): Sums =>
  new Map(rows.map(([bucket, count, digest]) => [bucket, { rows: count, digest }]));

/** Bucket, count and hash of the rows that a SELECT gives; both sides are hashed by PostgreSQL. */
export const sumSql = ({ key, columns, bucket }: KnownTable, rows: string): string => `
  SELECT ${bucket} AS bucket, count(*)::integer AS rows,
    bit_xor(hashtextextended(ROW(${[...key, ...columns].join(', ')})::text, 0))::text AS digest
  FROM (${rows}) r GROUP BY 1`;

/** A row `r` as JSON, `line`. */
export const jsonSql = ({ key, columns }: KnownTable): string =>
  `jsonb_build_object(${[...key, ...columns].map((name) => `'${name}', r.${name}`).join(', ')}) AS line`;

/** Those of the four projectors of this repository. */
export const knownTables: readonly KnownTable[] = [
  summaryTable({ app: 'order-summary', projection: 'order-summary', table: 'order_summary' }),
  summaryTable({ app: 'customer-history', projection: 'customer-orders', table: 'customer_order' }),
  {
    app: 'restaurant-dashboard',
    projection: 'open-orders',
    table: 'open_order',
    key: ['order_id'],
    columns: ['restaurant_id', 'version', 'status', 'since', 'estimated_ready_at', 'created_at'],
    bucket: byOrder,
    shared: false,
    sums: [],
    rows: `SELECT * FROM summary WHERE status NOT IN ('Delivered', 'Cancelled')`,
  },
  {
    app: 'restaurant-dashboard',
    projection: 'restaurant-days',
    table: 'restaurant_day',
    key: ['restaurant_id', 'day'],
    columns: ['created', 'delivered', 'cancelled'],
    bucket: 'day::text',
    shared: true,
    sums: ['created', 'delivered', 'cancelled'],
    effects: `SELECT order_id, version, restaurant_id, day, ${one('Created')}, ${one('Delivered')}, ${one('Cancelled')}
      FROM e WHERE status IN ('Created', 'Delivered', 'Cancelled')`,
  },
  {
    app: 'restaurant-dashboard',
    projection: 'restaurant-revenue',
    table: 'restaurant_revenue',
    key: ['restaurant_id', 'day', 'currency'],
    columns: ['net_minor'],
    bucket: 'day::text',
    shared: true,
    sums: ['net_minor'],
    effects: `SELECT order_id, version, restaurant_id, day, currency, coalesce(received, -refunded) AS net_minor
      FROM e WHERE received IS NOT NULL OR refunded IS NOT NULL`,
  },
  {
    app: 'restaurant-dashboard',
    projection: 'preparations',
    table: 'preparation',
    key: ['order_id'],
    columns: ['restaurant_id', 'preparing_at', 'ready_day', 'seconds'],
    bucket: byOrder,
    shared: false,
    sums: [],
    rows: `SELECT order_id, restaurant_id, preparing_at, (ready_at AT TIME ZONE 'UTC')::date AS ready_day,
        round(extract(epoch FROM ready_at - preparing_at))::integer AS seconds
      FROM summary WHERE preparing_at IS NOT NULL AND status <> 'Cancelled'`,
  },
  {
    app: 'analytics',
    projection: 'revenue',
    table: 'revenue',
    key: ['day', 'currency'],
    columns: ['received_minor', 'refunded_minor'],
    bucket: 'day::text',
    shared: true,
    sums: ['received_minor', 'refunded_minor'],
    effects: `SELECT order_id, version, day, currency, coalesce(received, 0) AS received_minor,
      coalesce(refunded, 0) AS refunded_minor FROM e WHERE received IS NOT NULL OR refunded IS NOT NULL`,
  },
  {
    app: 'analytics',
    projection: 'funnel',
    table: 'funnel',
    key: ['day'],
    columns: ['created', 'confirmed', 'preparing', 'ready', 'out_for_delivery', 'delivered', 'cancelled'],
    bucket: 'day::text',
    shared: true,
    sums: ['created', 'confirmed', 'preparing', 'ready', 'out_for_delivery', 'delivered', 'cancelled'],
    effects: `SELECT order_id, version, created_day AS day, ${one('Created')}, ${one('Confirmed')}, ${one('Preparing')},
      ${one('Ready')}, ${one('OutForDelivery', 'out_for_delivery')}, ${one('Delivered')}, ${one('Cancelled')} FROM change`,
  },
  {
    app: 'analytics',
    projection: 'status-flow',
    table: 'status_flow',
    key: ['grain', 'starts_at', 'status'],
    columns: ['net'],
    bucket: `starts_at::date::text`,
    shared: true,
    sums: ['net'],
    effects: `SELECT order_id, version, grain, date_trunc(grain, since, 'UTC')::timestamptz(3) AS starts_at, flow.status,
        flow.net::bigint AS net
      FROM change CROSS JOIN (VALUES ('day'), ('minute')) AS g (grain)
        CROSS JOIN LATERAL (VALUES (status, 1), (before, -1)) AS flow (status, net)
      WHERE flow.status IS NOT NULL`,
  },
  {
    app: 'analytics',
    projection: 'status-intervals',
    table: 'status_interval',
    key: ['order_id', 'status'],
    columns: ['since', 'until'],
    bucket: byOrder,
    shared: false,
    sums: [],
    rows: 'SELECT order_id, status, since, until FROM change',
  },
];
