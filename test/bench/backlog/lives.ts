import {
  customerId,
  decide,
  evolve,
  restaurantId,
  sku,
  type Order,
  type OrderCommand,
  type OrderEvent,
} from '@orderline/ordering';

/** One event of some order's life, `at` when it was recorded (epoch ms); times rise from event to event. */
export type Lived = { orderId: string; version: number; event: OrderEvent; order: Order; at: number };

type Course = {
  readonly orderId: string;
  readonly next: Iterator<CommandOf, undefined>;
  order: Order | undefined;
  version: number;
  waiting: OrderEvent[];
};
type CommandOf = (at: number) => OrderCommand;
type Chance = () => number;

/** As many orders as are open at a time at 10 million events a day, when a life takes three quarters of an hour. */
export const openOrders = 40_000;
const eventsPerSecond = 10_000_000 / 86_400;
const firstAt = Date.parse('2026-01-15T00:00:00Z');
const restaurants = 5_000;
const customers = 100_000;

/**
 * Lives of orders as the rules let them go, `open` of them under way at a time, each event that of an order by chance: of
 * ten orders eight are paid, cooked and delivered, one changes its items before, one is cancelled on its way, paid or not.
 * The same seed gives the same lives but for their ids.
 */
export function* interleavedLives(
  events: number,
  { open = openOrders, newId }: { open?: number; newId: () => string },
): Generator<Lived> {
  const chance = chanceOf(20_260_115);
  const courses: Course[] = [];
  for (let count = 0; count < events; count += 1) {
    const at = Math.floor(firstAt + (count / eventsPerSecond) * 1_000);
    // Before there are enough of them, every second event opens an order.
    const place = Math.floor(chance() * (courses.length < open ? 2 * courses.length + 1 : courses.length));
    const spot = Math.min(place, courses.length);
    const course = (courses[spot] ??= begin(newId(), chance));
    yield step(course, at) ?? firstOf((courses[spot] = begin(newId(), chance)), at);
  }
}

const firstOf = (course: Course, at: number): Lived => {
  const lived = step(course, at);
  if (lived === undefined) throw new Error('an order begins with an event');
  return lived;
};

const begin = (orderId: string, chance: Chance): Course => ({
  orderId,
  next: commandsOf(chance),
  order: undefined,
  version: 0,
  waiting: [],
});

/** Undefined when the life is over. */
const step = (course: Course, at: number): Lived | undefined => {
  while (course.waiting.length === 0) {
    const command = course.next.next().value;
    if (command === undefined) return undefined;
    course.waiting = decide(command(at), course.order);
  }
  const event = course.waiting.shift() as OrderEvent;
  const order = evolve(course.order, event);
  course.order = order;
  course.version += 1;
  return { orderId: course.orderId, version: course.version, event, order, at };
};

function* commandsOf(chance: Chance): Generator<CommandOf, undefined> {
  const price = 800 + Math.floor(chance() * 1_000);
  const dish = { sku: sku('dish-1'), name: 'A dish of the day', quantity: 1 + Math.floor(chance() * 3) };
  yield (at) => ({
    type: 'CreateOrder',
    at,
    customerId: customerId(`customer-${Math.floor(chance() * customers)}`),
    restaurantId: restaurantId(`restaurant-${Math.floor(chance() * restaurants)}`),
    currency: chance() < 0.9 ? 'EUR' : 'USD',
    items: [
      { ...dish, unitPriceMinor: price },
      { sku: sku('cola-33'), name: 'Cola', quantity: 1, unitPriceMinor: 300 },
    ],
    deliveryAddress: '1 Long Street, Springfield',
  });
  if (chance() < 0.15) {
    const extra = { sku: sku('dish-2'), name: 'A side dish', quantity: 1, unitPriceMinor: 450 };
    yield (at) => ({ type: 'AddItem', at, item: extra });
    if (chance() < 0.5) yield (at) => ({ type: 'RemoveItem', at, sku: extra.sku });
    else yield (at) => ({ type: 'UpdateOrder', at, notes: 'ring twice' });
  }
  const cancelledAfter = chance() < 0.1 ? Math.floor(chance() * 3) : 9;
  if (cancelledAfter === 0) {
    yield (at) => ({ type: 'CancelOrder', at, reason: 'changed my mind' });
    return undefined;
  }
  yield (at) => ({ type: 'RecordPayment', at, method: 'card', amountMinor: price, reference: 'payment-1' });
  yield (at) => ({ type: 'ConfirmOrder', at });
  if (cancelledAfter === 1) {
    yield (at) => ({ type: 'CancelOrder', at, reason: 'no courier', refund: true });
    return undefined;
  }
  yield (at) => ({ type: 'StartPreparing', at, estimatedMinutes: 20 });
  if (cancelledAfter === 2) {
    yield (at) => ({ type: 'CancelOrder', at, reason: 'burnt', refund: true });
    return undefined;
  }
  yield (at) => ({ type: 'MarkReady', at });
  yield (at) => ({ type: 'DispatchOrder', at, courier: 'Ada', trackingId: 't-1' });
  yield (at) => ({ type: 'DeliverOrder', at, signedBy: 'Grace' });
  return undefined;
}

/** Mulberry32: good enough for a mix, and the same on every machine. */
const chanceOf = (seed: number): Chance => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
