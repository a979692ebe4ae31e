import { defineMultiRowProjection, defineTable, unchanged, type Recorded } from '@orderline/projection';
import { statusChanges } from './status.ts';

const table = defineTable({
  name: 'status_interval',
  key: ['orderId', 'status'],
  columns: { orderId: 'uuid', status: 'text', since: 'timestamptz', until: 'timestamptz?' },
});

type Interval = {
  readonly orderId: string;
  readonly status: string;
  readonly since: number;
  readonly until: number | null;
};

const beginOrEnd = (
  row: Interval | undefined,
  { type, recordedAt }: Recorded,
  key: Pick<Interval, 'orderId' | 'status'>,
): Interval | undefined => {
  if (key.status === statusChanges[type]?.begins) return { ...key, since: recordedAt, until: null };
  return row?.until === null ? { ...row, until: recordedAt } : row;
};

/** When each order had each status. */
export const statusIntervals = defineMultiRowProjection({
  name: 'status-intervals',
  version: 1,
  table,
  keys: ({ type, orderId }) => {
    const change = statusChanges[type];
    return change === undefined ? [] : [change.begins, ...change.ends].map((status) => ({ orderId, status }));
  },
  on: {
    OrderCreated: beginOrEnd,
    OrderItemAdded: unchanged,
    OrderItemRemoved: unchanged,
    OrderUpdated: unchanged,
    PaymentReceived: unchanged,
    PaymentRefunded: unchanged,
    OrderConfirmed: beginOrEnd,
    OrderPreparing: beginOrEnd,
    OrderReady: beginOrEnd,
    OrderOutForDelivery: beginOrEnd,
    OrderDelivered: beginOrEnd,
    OrderCancelled: beginOrEnd,
  },
});
