import { defineDeltas, defineTable, nothing, type Recorded } from '@orderline/projection';
import { statusChanges, type Status } from './status.ts';

const table = defineTable({
  name: 'status_flow',
  key: ['grain', 'startsAt', 'status'],
  columns: { grain: 'text', startsAt: 'timestamptz', status: 'text', net: 'bigint' },
});

const grains = [
  { grain: 'day', length: 86_400_000 },
  { grain: 'minute', length: 60_000 },
];

// UTC days and minutes are of equal length, since epoch milliseconds know no leap second.
const adding = (status: Status, net: number, recordedAt: number) =>
  grains.map(({ grain, length }) => ({ grain, startsAt: recordedAt - (recordedAt % length), status, net }));

const enters =
  (status: Status) =>
  ({ recordedAt }: Recorded, before: Status) => [...adding(before, -1, recordedAt), ...adding(status, 1, recordedAt)];

const remember = (before: Status | undefined, { type }: Recorded): Status =>
  statusChanges[type]?.begins ?? before ?? 'Created';

/** Orders that came into each status less those that left it, per minute and per day. */
export const statusFlow = defineDeltas({
  name: 'status-flow',
  version: 1,
  table,
  remember,
  on: {
    OrderCreated: ({ recordedAt }) => adding('Created', 1, recordedAt),
    OrderItemAdded: nothing,
    OrderItemRemoved: nothing,
    OrderUpdated: nothing,
    PaymentReceived: nothing,
    PaymentRefunded: nothing,
    OrderConfirmed: enters('Confirmed'),
    OrderPreparing: enters('Preparing'),
    OrderReady: enters('Ready'),
    OrderOutForDelivery: enters('OutForDelivery'),
    OrderDelivered: enters('Delivered'),
    OrderCancelled: enters('Cancelled'),
  },
});
