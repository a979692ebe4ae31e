import { chanceOf } from './chance.ts';
import { again, confirm, pay, post, prepare, refused, toTheDoor, type Step } from './step.ts';
import { zipf } from './zipf.ts';

/** Who trades: some customers and restaurants do far more of it than others (`zipf`). */
export type Trade = { readonly customers: number; readonly restaurants: number; readonly skew: number };

/** A kind of life that orders have, and how many of a hundred have it. */
export type Course = {
  readonly name: string;
  readonly percent: number;
  /** What follows the creation. `total` is what the order costs, as text. */
  readonly steps: (total: string, create: Step) => readonly Step[];
};

const dessert = post('/items', { sku: 'dessert', name: 'Dessert', quantity: 1, unitPrice: '4.20' });
const withoutDessert: Step = { method: 'DELETE', path: '/items/dessert', adds: 1 };
const notes: Step = { method: 'PATCH', path: '', body: { notes: 'ring twice' }, adds: 1 };
const changedMind = post('/cancel', { reason: 'changed my mind' });
const tooLate = { reason: 'kitchen closed' };
const cancelAndRefund = post('/cancel', { ...tooLate, refund: true }, 2);
const door = (total: string): Step => pay(total, 'door', 'cash');
const card = (total: string): Step => pay(total, 'pay-1');

/** How orders of a delivery service go, in hundredths of all. */
export const courses: readonly Course[] = [
  { name: 'paid by card and delivered', percent: 44, steps: (total) => [card(total), ...toTheDoor] },
  { name: 'delivered and paid at the door', percent: 20, steps: (total) => [...toTheDoor, door(total)] },
  {
    name: 'changed, paid and delivered',
    percent: 8,
    steps: (total) => [dessert, notes, withoutDessert, card(total), ...toTheDoor],
  },
  {
    name: 'paid, delivered and refunded in part',
    percent: 5,
    steps: (total) => [
      ...[card(total), ...toTheDoor],
      post('/refunds', { amount: '1.50', reason: 'cold food', reference: 'ref-1' }),
    ],
  },
  { name: 'cancelled when created', percent: 3, steps: () => [changedMind] },
  { name: 'cancelled when confirmed', percent: 2, steps: () => [confirm, changedMind] },
  {
    name: 'paid, cancelled in the kitchen and refunded',
    percent: 3,
    steps: (total) => [
      ...[card(total), confirm, prepare],
      ...[refused('/cancel', 'refund_required', tooLate), cancelAndRefund],
    ],
  },
  {
    name: 'each command sent twice with the same key',
    percent: 6,
    steps: (total, create) => [create, card(total), ...toTheDoor].flatMap((step) => [step, again(step)]).slice(1),
  },
  {
    name: 'confirmed and cancelled at the same moment',
    percent: 2,
    steps: () => [{ ...changedMind, rival: { ...confirm, refusal: 'transition_refused' } }],
  },
  {
    name: 'changed by somebody who had seen an older version',
    percent: 2,
    steps: (total) => [
      confirm,
      { ...refused('/start-preparing', 'version_moved', { estimatedMinutes: 20 }), ifMatch: '"1"' },
      ...[prepare, refused('/payments', 'payment_exceeds_total', beyond(total)), ...toTheDoor.slice(2), door(total)],
    ],
  },
  { name: 'still on the road', percent: 5, steps: (total) => [card(total), ...toTheDoor.slice(0, 4)] },
];

const beyond = (total: string): object => ({ method: 'card', amount: `1${total}`, reference: 'too-much' });

/** Events and commands that a life comes to on average; of two rivals one is taken for refused every other time. */
export const averageLife = (): { events: number; commands: number } => {
  const create = post('', {});
  const sum = { events: 0, commands: 0 };
  for (const { percent, steps } of courses) {
    const life = [create, ...steps('10.00', create)];
    const rivals = life.filter(({ rival }) => rival !== undefined).length;
    sum.events += (percent * (life.reduce((all, { adds }) => all + adds, 0) + rivals / 2)) / 100;
    sum.commands += (percent * (life.length + rivals)) / 100;
  }
  return sum;
};

const dishes = ['Soup', 'Bread', 'Noodles', 'Curry', 'Pizza', 'Salad', 'Dumplings', 'Rice', 'Burger', 'Tea'];

/** The life of the n-th order of a seed: its creation, then its steps, each lawful where the one before it is done. */
export const tradeOf = (seed: number, { customers, restaurants, skew }: Trade): ((n: number) => readonly Step[]) => {
  const [customerOf, restaurantOf] = [zipf(customers, skew), zipf(restaurants, skew)];
  return (n) => {
    const chance = chanceOf(seed * 1_000_003 + n);
    const customer = customerOf(chance());
    const restaurant = restaurantOf(chance());
    const items = Array.from({ length: 1 + Math.floor(chance() * 4) }, (_, at) => ({
      sku: `dish-${at + 1}`,
      name: dishes[Math.floor(chance() * dishes.length)],
      quantity: 1 + Math.floor(chance() * 3),
      cents: 300 + Math.floor(chance() * 1_500),
    }));
    const total = text(items.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0));
    const create: Step = {
      ...post('', {
        customerId: `customer-${customer + 1}`,
        restaurantId: `restaurant-${restaurant + 1}`,
        currency: ['USD', 'EUR'][n % 2],
        items: items.map(({ cents, ...item }) => ({ ...item, unitPrice: text(cents) })),
        deliveryAddress: `${customer + 1} Main Street`,
      }),
      creates: true,
    };
    return [create, ...courseAt(chance() * 100).steps(total, create)];
  };
};

const text = (cents: number): string => (cents / 100).toFixed(2);

const courseAt = (percent: number): Course => {
  let upTo = 0;
  for (const course of courses) {
    upTo += course.percent;
    if (percent < upTo) return course;
  }
  throw new Error('the shares of the courses do not add up to 100');
};
