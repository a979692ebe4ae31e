import { defineDeltas, nothing } from '../define/deltas.ts';
import { defineMultiRowProjection, defineProjection, unchanged } from '../define/fold.ts';
import type { Recorded } from '../define/recorded-event.ts';
import { defineTable, type RowOf } from '../define/table.ts';

export const exampleTables = `
  CREATE TABLE order_line (generation integer NOT NULL, order_id uuid NOT NULL, version integer NOT NULL, status text NOT NULL,
    total_minor bigint NOT NULL CHECK (total_minor < 1000000), note text, seen_at timestamptz(3) NOT NULL,
    PRIMARY KEY (generation, order_id)) PARTITION BY LIST (generation);
  CREATE TABLE revenue (generation integer NOT NULL, currency text NOT NULL, received bigint NOT NULL, orders bigint NOT NULL,
    PRIMARY KEY (generation, currency)) PARTITION BY LIST (generation);
  CREATE TABLE status_count (generation integer NOT NULL, status text NOT NULL, orders bigint NOT NULL,
    PRIMARY KEY (generation, status)) PARTITION BY LIST (generation);
  CREATE TABLE customer_total (generation integer NOT NULL, customer_id text NOT NULL, orders integer NOT NULL, last_status text NOT NULL,
    PRIMARY KEY (generation, customer_id)) PARTITION BY LIST (generation);
  CREATE TABLE status_interval (generation integer NOT NULL, order_id uuid NOT NULL, status text NOT NULL, since timestamptz(3) NOT NULL,
    until timestamptz(3), PRIMARY KEY (generation, order_id, status)) PARTITION BY LIST (generation);
  GRANT SELECT, INSERT, UPDATE, DELETE ON order_line, revenue, status_count, customer_total, status_interval TO order_summary_app;`;

/** A fold of one row per order. `OrderReady` can be told to fail, as a mistake in a function would. */
export const orderLine = (poison: { broken: boolean } = { broken: false }, version = 1) =>
  defineProjection({
    name: 'order-line',
    version,
    table: defineTable({
      name: 'order_line',
      key: ['orderId'],
      columns: {
        orderId: 'uuid',
        version: 'integer',
        status: 'text',
        totalMinor: 'bigint',
        note: 'text?',
        seenAt: 'timestamptz',
      },
    }),
    key: (event) => event.orderId,
    stamp: (row, event) => ({ ...row, version: event.version, seenAt: event.recordedAt }),
    on: {
      OrderCreated: (_, { orderId, version, totalMinor, recordedAt }) => ({
        orderId,
        version,
        status: 'Created',
        totalMinor,
        note: null,
        seenAt: recordedAt,
      }),
      OrderItemAdded: (row, { totalMinor }) => ({ ...row, totalMinor }),
      OrderItemRemoved: (row, { totalMinor }) => ({ ...row, totalMinor }),
      OrderUpdated: (row) => ({ ...row, note: 'with "quotes", a \\ and, a comma' }),
      PaymentReceived: unchanged,
      PaymentRefunded: unchanged,
      OrderConfirmed: (row) => ({ ...row, status: 'Confirmed' }),
      OrderPreparing: (row) => ({ ...row, status: 'Preparing' }),
      OrderReady: (row) => {
        if (poison.broken) throw new Error('a mistake in a function');
        return { ...row, status: 'Ready' };
      },
      OrderOutForDelivery: (row) => ({ ...row, status: 'OutForDelivery' }),
      OrderDelivered: () => undefined,
      OrderCancelled: (row) => ({ ...row, status: 'Cancelled' }),
    },
  });

const statusAfter = (event: Recorded): string | undefined =>
  event.type.startsWith('Order') && !/Item|Updated/.test(event.type) ? event.type.slice('Order'.length) : undefined;

/** Deltas that need what the order was before. */
export const statusCount = defineDeltas({
  name: 'status-count',
  version: 1,
  table: defineTable({ name: 'status_count', key: ['status'], columns: { status: 'text', orders: 'bigint' } }),
  remember: (before: { status: string } | undefined, event) => ({
    status: statusAfter(event) ?? before?.status ?? 'none',
  }),
  on: {
    OrderCreated: () => [{ status: 'Created', orders: 1 }],
    OrderItemAdded: nothing,
    OrderItemRemoved: nothing,
    OrderUpdated: nothing,
    PaymentReceived: nothing,
    PaymentRefunded: nothing,
    OrderConfirmed: (_, before) => moved(before, 'Confirmed'),
    OrderPreparing: (_, before) => moved(before, 'Preparing'),
    OrderReady: (_, before) => moved(before, 'Ready'),
    OrderOutForDelivery: (_, before) => moved(before, 'OutForDelivery'),
    OrderDelivered: (_, before) => moved(before, 'Delivered'),
    OrderCancelled: (_, before) => moved(before, 'Cancelled'),
  },
});

const moved = (before: { status: string }, status: string) => [
  { status: before.status, orders: -1 },
  { status, orders: 1 },
];

/** A row that several orders share. */
export const customerTotal = defineProjection({
  name: 'customer-total',
  version: 1,
  table: defineTable({
    name: 'customer_total',
    key: ['customerId'],
    columns: { customerId: 'text', orders: 'integer', lastStatus: 'text' },
  }),
  key: (event) => event.customerId,
  on: {
    OrderCreated: (row, { customerId }) => ({ customerId, orders: (row?.orders ?? 0) + 1, lastStatus: 'open' }),
    OrderItemAdded: unchanged,
    OrderItemRemoved: unchanged,
    OrderUpdated: unchanged,
    PaymentReceived: unchanged,
    PaymentRefunded: unchanged,
    OrderConfirmed: unchanged,
    OrderPreparing: unchanged,
    OrderReady: unchanged,
    OrderOutForDelivery: unchanged,
    OrderDelivered: unchanged,
    OrderCancelled: unchanged,
  },
});

const STATUSES = ['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered', 'Cancelled'];
const intervalTable = defineTable({
  name: 'status_interval',
  key: ['orderId', 'status'],
  columns: { orderId: 'uuid', status: 'text', since: 'timestamptz', until: 'timestamptz?' },
});
type Interval = RowOf<typeof intervalTable>;
type IntervalKey = Pick<Interval, 'orderId' | 'status'>;

/** Closes the interval that is open and opens that of the event's own status. */
const step = (row: Interval | undefined, event: Recorded, key: IntervalKey): Interval | undefined => {
  if (key.status === statusAfter(event)) return { ...key, since: event.recordedAt, until: null };
  return row?.until === null ? { ...row, until: event.recordedAt } : row;
};
const keep = (row: Interval | undefined): Interval | undefined => row;

/** Several rows per event. */
export const statusInterval = defineMultiRowProjection({
  name: 'status-interval',
  version: 1,
  table: intervalTable,
  keys: ({ orderId }) => STATUSES.map((status) => ({ orderId, status })),
  on: {
    OrderCreated: step,
    OrderItemAdded: keep,
    OrderItemRemoved: keep,
    OrderUpdated: keep,
    PaymentReceived: keep,
    PaymentRefunded: keep,
    OrderConfirmed: step,
    OrderPreparing: step,
    OrderReady: step,
    OrderOutForDelivery: step,
    OrderDelivered: step,
    OrderCancelled: step,
  },
});
