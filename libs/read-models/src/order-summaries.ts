import { defineProjection, defineTable, unchanged, type RowOf } from '@orderline/projection';

const columns = {
  orderId: 'uuid',
  version: 'integer',
  status: 'text',
  customerId: 'text',
  restaurantId: 'text',
  currency: 'text',
  totalMinor: 'bigint',
  paidMinor: 'bigint',
  refundedMinor: 'bigint',
  itemCount: 'integer',
  createdAt: 'timestamptz',
  updatedAt: 'timestamptz',
} as const;

const summaryTable = (name: string) => defineTable({ name, key: ['orderId'], columns });

export type OrderSummaryRow = RowOf<ReturnType<typeof summaryTable>>;

/**
 * A projection of one row per order as it is now, in a table of the app's own with its own indexes. Each app gives its
 * name and table's name; the version is of the fold, which they share.
 */
export const orderSummaries = ({ name, table }: { readonly name: string; readonly table: string }) =>
  defineProjection({
    name,
    version: 1,
    table: summaryTable(table),
    key: (event) => event.orderId,
    stamp: (row, event) => ({ ...row, version: event.version, updatedAt: event.recordedAt }),
    on: {
      OrderCreated: (_, { orderId, version, customerId, restaurantId, currency, totalMinor, items, recordedAt }) => ({
        orderId,
        version,
        status: 'Created',
        customerId,
        restaurantId,
        currency,
        totalMinor,
        paidMinor: 0,
        refundedMinor: 0,
        itemCount: items.reduce((pieces, { quantity }) => pieces + quantity, 0),
        createdAt: recordedAt,
        updatedAt: recordedAt,
      }),
      OrderItemAdded: (row, { quantity, totalMinor }) => ({ ...row, totalMinor, itemCount: row.itemCount + quantity }),
      OrderItemRemoved: (row, { quantity, totalMinor }) => ({
        ...row,
        totalMinor,
        itemCount: row.itemCount - quantity,
      }),
      OrderUpdated: unchanged,
      PaymentReceived: (row, { paidMinor, refundedMinor }) => ({ ...row, paidMinor, refundedMinor }),
      PaymentRefunded: (row, { paidMinor, refundedMinor }) => ({ ...row, paidMinor, refundedMinor }),
      OrderConfirmed: (row) => ({ ...row, status: 'Confirmed' }),
      OrderPreparing: (row) => ({ ...row, status: 'Preparing' }),
      OrderReady: (row) => ({ ...row, status: 'Ready' }),
      OrderOutForDelivery: (row) => ({ ...row, status: 'OutForDelivery' }),
      OrderDelivered: (row) => ({ ...row, status: 'Delivered' }),
      OrderCancelled: (row) => ({ ...row, status: 'Cancelled' }),
    },
  });
