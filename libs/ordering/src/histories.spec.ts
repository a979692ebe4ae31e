import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { OrderCreated, OrderEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { at, createOrder, created } from './example-order.ts';
import { sku } from './ids.ts';
import type { Status } from './lifecycle.ts';
import { OrderRejected } from './order-rejected.ts';
import type { Item, Order } from './order.ts';

const references = fc.constantFrom('a', 'b', 'c', 'd', 'cancellation');
const amounts = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(100, 200, 2500, 10 ** 12 - 1));
const text = fc.constantFrom('one', 'two');

const item: fc.Arbitrary<Item> = fc.record({
  sku: fc.constantFrom('pizza', 'cola', 'salad', 'soup').map(sku),
  name: fc.constantFrom('Dish', 'Dish', 'Dish', 'Plate'),
  quantity: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constant(999)),
  unitPriceMinor: fc.constantFrom(0, 1250, 1250, 1250, 10 ** 11),
});

const change: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constant(createOrder),
  item.map((added): OrderCommand => ({ type: 'AddItem', at, item: added })),
  item.map((removed): OrderCommand => ({ type: 'RemoveItem', at, sku: removed.sku })),
  fc
    .record({ deliveryAddress: fc.option(text), notes: fc.option(text) }, { requiredKeys: [] })
    .map((changes): OrderCommand => ({ type: 'UpdateOrder', at, ...changes })),
  fc
    .record({ method: fc.constantFrom('card', 'cash'), amountMinor: amounts, reference: references })
    .map((fields): OrderCommand => ({ type: 'RecordPayment', at, ...fields })),
  fc
    .record({ amountMinor: amounts, reason: text, reference: references })
    .map((fields): OrderCommand => ({ type: 'RefundPayment', at, ...fields })),
);

const step: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constant<OrderCommand>({ type: 'ConfirmOrder', at }),
  fc
    .integer({ min: 1, max: 600 })
    .map((estimatedMinutes): OrderCommand => ({ type: 'StartPreparing', at, estimatedMinutes })),
  fc.constant<OrderCommand>({ type: 'MarkReady', at }),
  text.map((courier): OrderCommand => ({ type: 'DispatchOrder', at, courier })),
  fc.constant<OrderCommand>({ type: 'DeliverOrder', at }),
);

const cancellation = fc
  .record({ reason: text, refund: fc.boolean() })
  .map((fields): OrderCommand => ({ type: 'CancelOrder', at, ...fields }));

/** In weights under which many orders are delivered and many cancelled, with and without money held. */
const command = fc.oneof(
  { weight: 12, arbitrary: change },
  { weight: 12, arbitrary: step },
  { weight: 1, arbitrary: cancellation },
);

/** Mostly a life begun properly, as a list of nothing but refusals proves little. */
const commands = fc
  .tuple(fc.nat(9), fc.array(command, { maxLength: 60, size: 'max' }))
  .map(([late, rest]): OrderCommand[] => (late > 0 ? [createOrder, ...rest] : rest));

/** An order of an earlier time: its total is not that of its items. */
const legacy: OrderCreated = { ...created, totalMinor: 1999 };

type Moment = { command: OrderCommand; before: Order | undefined; events: OrderEvent[]; after: Order | undefined };

const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
};

const decided = (given: OrderCommand, order: Order | undefined): OrderEvent[] => {
  try {
    return decide(given, order);
  } catch (error) {
    if (error instanceof OrderRejected) return [];
    throw error;
  }
};

/** What was decided, moment by moment, and the order before and after; everything frozen. */
const live = (given: readonly OrderCommand[], begin?: OrderCreated): Moment[] => {
  let order = begin === undefined ? undefined : deepFreeze(evolve(undefined, begin));
  return given.map((each) => {
    const before = order;
    const events = deepFreeze(decided(deepFreeze(each), before));
    order = events.reduce<Order | undefined>((state, event) => deepFreeze(evolve(state, event)), before);
    return { command: each, before, events, after: order };
  });
};

const always = (check: (moment: Moment) => void, begin?: OrderCreated) =>
  fc.assert(
    fc.property(commands, (given) => {
      live(given, begin).forEach(check);
    }),
    { numRuns: 300 },
  );

const totalOf = (items: readonly Item[]) => items.reduce((sum, each) => sum + each.quantity * each.unitPriceMinor, 0);
const sumOf = (entries: readonly { amountMinor: number }[]) => entries.reduce((sum, each) => sum + each.amountMinor, 0);

describe('whatever is asked of an order, in whatever sequence', () => {
  it('a decided command decided again decides nothing, but for items', () =>
    always(({ command: given, events, after }) => {
      if (events.length === 0 || given.type === 'AddItem' || given.type === 'RemoveItem') return;
      expect(decide(given, after)).toEqual([]);
    }));

  it('the total is that of its items', () =>
    always(({ after }) => {
      if (after !== undefined) expect(after.totalMinor).toBe(totalOf(after.items));
    }));

  it('an order with a stored total keeps its distance to that of its items', () =>
    always(({ after }) => {
      expect(after!.totalMinor - totalOf(after!.items)).toBe(legacy.totalMinor - totalOf(legacy.items));
    }, legacy));

  it('its status only ever goes where the lifecycle leads', () => {
    const next: Record<Status | 'none', readonly Status[]> = {
      none: ['Created'],
      Created: ['Confirmed', 'Cancelled'],
      Confirmed: ['Preparing', 'Cancelled'],
      Preparing: ['Ready', 'Cancelled'],
      Ready: ['OutForDelivery'],
      OutForDelivery: ['Delivered'],
      Delivered: [],
      Cancelled: [],
    };
    always(({ before, after }) => {
      if (after === undefined || before?.status === after.status) return;
      expect(next[before?.status ?? 'none']).toContain(after.status);
    });
  });

  it('nothing but money moves once it is on its way, and nothing at all once it is cancelled', () =>
    always(({ before, events }) => {
      const types = new Set(events.map(({ type }) => type));
      if (before === undefined) return;
      if (before.status === 'Cancelled') expect(events).toEqual([]);
      if (before.status !== 'Created') {
        expect(types.has('OrderItemAdded') || types.has('OrderItemRemoved')).toBe(false);
      }
      if (['OutForDelivery', 'Delivered'].includes(before.status)) expect(types.has('OrderUpdated')).toBe(false);
    }));

  it.each([
    ['of the present version', undefined],
    ['with a stored total', legacy],
  ])('what is paid less refunded of an order %s lies between zero and its total, and adds up', (_, begin) =>
    always(({ after }) => {
      if (after === undefined) return;
      const held = after.paidMinor - after.refundedMinor;
      expect(held).toBeGreaterThanOrEqual(0);
      expect(held).toBeLessThanOrEqual(after.totalMinor);
      expect(after.paidMinor).toBe(sumOf(after.payments.flat()));
      expect(after.refundedMinor).toBe(sumOf(after.refunds.flat()));
      if (after.status === 'Cancelled') expect(held).toBe(0);
    }, begin),
  );

  it('no reference is ever used twice for payments, nor for refunds', () =>
    always(({ after }) => {
      for (const ledger of [after?.payments ?? [], after?.refunds ?? []]) {
        const used = ledger.flat().map(({ reference }) => reference);
        expect(new Set(used).size).toBe(used.length);
      }
    }));

  it('it stays within its limits', () =>
    always(({ after }) => {
      if (after === undefined) return;
      expect(after.items.length).toBeGreaterThan(0);
      expect(after.totalMinor).toBeLessThan(10 ** 12);
      expect(after.items.every(({ quantity }) => quantity >= 1 && quantity <= 999)).toBe(true);
    }));

  it('an order read back from a snapshot decides and evolves like one that was folded', () =>
    always(({ command: given, before, events, after }) => {
      if (before === undefined) return;
      const restored = JSON.parse(JSON.stringify(before)) as Order;
      expect(restored).toEqual(before);
      expect(decided(given, restored)).toEqual(events);
      expect(events.reduce<Order>((state, event) => evolve(state, event), restored)).toEqual(after);
    }));

  it('the same is decided for the same, and neither order nor events are written to', () =>
    always(({ command: given, before, events }) => {
      expect(decided(given, before)).toEqual(events);
    }));
});
