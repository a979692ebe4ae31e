import { projectionSpecification } from '@orderline/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { exampleOrder } from '../testing/example-order.testing.ts';
import { orderLine, statusCount, statusInterval } from '../testing/example-projections.testing.ts';
import { defineDeltas } from './deltas.ts';
import { defineProjection, type OneRowFold } from './fold.ts';
import { checkProjections } from './projection.ts';
import { defineTable, type RowOf } from './table.ts';

const table = defineTable({
  name: 'seen',
  key: ['orderId'],
  columns: { orderId: 'uuid', at: 'timestamptz', note: 'text?' },
});

describe('a definition', () => {
  it('takes the row type from the table', () => {
    expectTypeOf<RowOf<typeof table>>().toEqualTypeOf<{
      readonly orderId: string;
      readonly at: number;
      readonly note: string | null;
    }>();
  });

  it('does not compile without a function for every event type, nor with a row that lacks a column', () => {
    type Fold = OneRowFold<RowOf<typeof table>, 'orderId'>;
    expectTypeOf<Omit<Fold['on'], 'OrderReady'>>().not.toExtend<Fold['on']>();
    expectTypeOf<() => { orderId: string }>().not.toExtend<Fold['on']['OrderCreated']>();
    expectTypeOf<Fold['on']['OrderCreated']>().parameter(0).toEqualTypeOf<RowOf<typeof table> | undefined>();
    expectTypeOf<Fold['on']['OrderReady']>().parameter(0).toEqualTypeOf<RowOf<typeof table>>();
  });

  it.each([
    ['a name that SQL would quote', { name: 'Seen', key: ['id'], columns: { id: 'uuid' } }, /snake_case/],
    ['no key', { name: 'seen', key: [], columns: { id: 'uuid' } }, /at least one key/],
    ['a key that may be null', { name: 'seen', key: ['id'], columns: { id: 'uuid?' } }, /not nullable/],
    [
      'a column of the kit',
      { name: 'seen', key: ['id'], columns: { id: 'uuid', generation: 'integer' } },
      /fills that column/,
    ],
  ] as const)('refuses a table with %s', (_, wrong, message) => {
    expect(() => defineTable(wrong as unknown as Parameters<typeof defineTable>[0])).toThrow(message);
  });

  it('refuses two projections of one name or one table, and a name that no URL takes', () => {
    const line = orderLine();
    expect(() => {
      checkProjections([line, line]);
    }).toThrow('Two projections are called order-line.');
    expect(() => {
      checkProjections([line, { ...line, name: 'other' }]);
    }).toThrow('Two projections write order_line: give each its own table.');
    expect(() => {
      checkProjections([{ ...line, name: 'Order Line' }]);
    }).toThrow(/kebab-case/);
    expect(() => {
      checkProjections([{ ...line, version: 0 }]);
    }).toThrow(/whole number from 1/);
  });

  it('refuses deltas of a column that does not add', () => {
    const dated = { ...statusCount, table: { ...table, key: ['orderId'] } };
    expect(() => {
      checkProjections([dated]);
    }).toThrow('Projection status-count: at is timestamptz; what deltas add to is integer or bigint, not nullable.');
  });
});

describe('folds and deltas', () => {
  const order = exampleOrder();
  const [created, confirmed, preparing, cancelled] = order.life(
    'OrderCreated',
    'OrderConfirmed',
    'OrderPreparing',
    'OrderCancelled',
  );

  it('a row that the fold dropped stays away', () => {
    const dropped = defineProjection<RowOf<typeof table>, 'orderId'>({
      ...ofNoMatter,
      table,
      key: (event) => event.orderId,
      on: { ...ofNoMatter.on, OrderCreated: () => undefined },
    });
    projectionSpecification(dropped)(created!, confirmed!).become([]);
  });

  it('an event may touch several rows', () => {
    const { orderId } = order;
    const at = (event: { occurredAt: number } | undefined): number => event!.occurredAt;
    projectionSpecification(statusInterval)(created!, confirmed!, preparing!, cancelled!)
      .twice()
      .become([
        { orderId, status: 'Created', since: at(created), until: at(confirmed) },
        { orderId, status: 'Confirmed', since: at(confirmed), until: at(preparing) },
        { orderId, status: 'Preparing', since: at(preparing), until: at(cancelled) },
        { orderId, status: 'Cancelled', since: at(cancelled), until: null },
      ]);
  });

  it('deltas see what was remembered of their order before', () => {
    projectionSpecification(statusCount)(created!, confirmed!, preparing!, cancelled!)
      .twice()
      .become([
        { status: 'Created', orders: 0 },
        { status: 'Confirmed', orders: 0 },
        { status: 'Preparing', orders: 0 },
        { status: 'Cancelled', orders: 1 },
      ]);
  });

  it('deltas without a memory need none', () => {
    const counts = defineTable({ name: 'counts', key: ['type'], columns: { type: 'text', events: 'integer' } });
    const one = ({ type }: { type: string }) => [{ type, events: 1 }];
    const eventCount = defineDeltas({
      name: 'event-count',
      version: 1,
      table: counts,
      on: Object.fromEntries(['OrderCreated', ...Object.keys(ofNoMatter.on)].map((type) => [type, one])) as never,
    });
    projectionSpecification(eventCount)(created!, confirmed!).become([
      { type: 'OrderCreated', events: 1 },
      { type: 'OrderConfirmed', events: 1 },
    ]);
  });
});

const same = <R>(row: R): R => row;
const ofNoMatter = {
  name: 'of-no-matter',
  version: 1,
  on: {
    OrderItemAdded: same,
    OrderItemRemoved: same,
    OrderUpdated: same,
    PaymentReceived: same,
    PaymentRefunded: same,
    OrderConfirmed: same,
    OrderPreparing: same,
    OrderReady: same,
    OrderOutForDelivery: same,
    OrderDelivered: same,
    OrderCancelled: same,
  },
};
