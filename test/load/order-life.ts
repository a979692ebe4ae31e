import { chanceOf } from '../invariants/chance.ts';

/** One command on an order, and by how many versions it brings it further: none where it repeats or is refused. */
export type Step = {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** After `/orders/{id}`; the first step of a life is `POST /orders`. */
  readonly path: string;
  readonly body?: unknown;
  readonly adds: number;
  /** The code of the problem that a lawful refusal answers with. */
  readonly refusal?: string;
};

const post = (path: string, body?: unknown, adds = 1): Step => ({ method: 'POST', path, body, adds });
const refused = (path: string, refusal: string, body?: unknown): Step => ({ ...post(path, body, 0), refusal });
const pay = (amount: string, reference: string): Step => post('/payments', { method: 'card', amount, reference });

const confirm = post('/confirm');
const prepare = post('/start-preparing', { estimatedMinutes: 20 });
const toTheDoor = [confirm, prepare, post('/mark-ready'), post('/dispatch', { courier: 'Kim' }), post('/deliver', {})];
const extra = post('/items', { sku: 'extra', name: 'Extra', quantity: 3, unitPrice: '1.00' });
const refund = post('/refunds', { amount: '2.00', reason: 'cold', reference: 'ref-1' });
const tooLate = { reason: 'too late' };

/** Every event type is in here, every status is the last of some order, and rules are broken now and then. */
const courses: readonly (readonly Step[])[] = [
  toTheDoor,
  [pay('10.25', 'pay-1'), ...toTheDoor, refund],
  [extra, extra, { method: 'DELETE', path: '/items/bread', adds: 1 }, confirm],
  [{ method: 'PATCH', path: '', body: { notes: 'ring twice' }, adds: 1 }, confirm, prepare, post('/cancel', tooLate)],
  [pay('5.00', 'pay-1'), confirm, refused('/cancel', 'refund_required', tooLate), refundAndCancel()],
  [pay('4.00', 'pay-1'), ...toTheDoor.slice(0, 4), pay('6.25', 'door')],
  [refused('/deliver', 'transition_refused', {}), confirm, post('/confirm', undefined, 0), prepare],
  toTheDoor.slice(0, 2),
  [],
];

function refundAndCancel(): Step {
  return post('/cancel', { ...tooLate, refund: true }, 2);
}

const items = [
  { sku: 'soup', name: 'Soup', quantity: 2, unitPrice: '4.50' },
  { sku: 'bread', name: 'Bread', quantity: 1, unitPrice: '1.25' },
];

/** The life of the n-th order of a seed: its creation, then its steps, each lawful where the one before it is done. */
export const lifeOf = (seed: number, n: number): readonly Step[] => {
  const chance = chanceOf(seed * 1_000_003 + n);
  const one = (among: number): number => Math.floor(chance() * among);
  const create = post('', {
    customerId: `c-${one(200)}`,
    restaurantId: `r-${one(20)}`,
    currency: ['USD', 'EUR'][one(2)],
    items,
    deliveryAddress: '1 Main Street',
  });
  return [create, ...(courses[one(courses.length)] ?? [])];
};
