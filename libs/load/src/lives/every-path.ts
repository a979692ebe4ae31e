import { chanceOf } from './chance.ts';
import { confirm, pay, post, prepare, refused, toTheDoor, type Step } from './step.ts';

const extra = post('/items', { sku: 'extra', name: 'Extra', quantity: 3, unitPrice: '1.00' });
const refund = post('/refunds', { amount: '2.00', reason: 'cold', reference: 'ref-1' });
const tooLate = { reason: 'too late' };

/** Every event type is in here, every status is the last of some order, and rules are broken now and then. */
const courses: readonly (readonly Step[])[] = [
  toTheDoor,
  [pay('10.25', 'pay-1'), ...toTheDoor, refund],
  [extra, extra, { method: 'DELETE', path: '/items/bread', adds: 1 }, confirm],
  [{ method: 'PATCH', path: '', body: { notes: 'ring twice' }, adds: 1 }, confirm, prepare, post('/cancel', tooLate)],
  [
    ...[pay('5.00', 'pay-1'), confirm, refused('/cancel', 'refund_required', tooLate)],
    post('/cancel', { ...tooLate, refund: true }, 2),
  ],
  [pay('4.00', 'pay-1'), ...toTheDoor.slice(0, 4), pay('6.25', 'door')],
  [refused('/deliver', 'transition_refused', {}), confirm, post('/confirm', undefined, 0), prepare],
  toTheDoor.slice(0, 2),
  [],
];

const items = [
  { sku: 'soup', name: 'Soup', quantity: 2, unitPrice: '4.50' },
  { sku: 'bread', name: 'Bread', quantity: 1, unitPrice: '1.25' },
];

/**
 * The life of the n-th order of a seed, every kind as often as any other: its creation, then its steps, each lawful where the
 * one before it is done.
 */
export const everyPath = (seed: number, n: number): readonly Step[] => {
  const chance = chanceOf(seed * 1_000_003 + n);
  const one = (among: number): number => Math.floor(chance() * among);
  const order = {
    customerId: `c-${one(200)}`,
    restaurantId: `r-${one(20)}`,
    currency: ['USD', 'EUR'][one(2)],
    items,
    deliveryAddress: '1 Main Street',
  };
  return [{ ...post('', order), creates: true }, ...(courses[one(courses.length)] ?? [])];
};
