import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { chanceOf } from './chance.ts';
import { urlOf } from './projectors.ts';

export type Written = { orderId: string; version: number };
type Step = [method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown];

const confirm: Step = ['POST', '/confirm'];
const prepare: Step = ['POST', '/start-preparing', { estimatedMinutes: 20 }];
const toTheDoor: Step[] = [
  confirm,
  prepare,
  ['POST', '/mark-ready'],
  ['POST', '/dispatch', { courier: 'Kim' }],
  ['POST', '/deliver', {}],
];
const pay = (amount: string, reference = 'pay-1'): Step => ['POST', '/payments', { method: 'card', amount, reference }];
const refund: Step = ['POST', '/refunds', { amount: '2.00', reason: 'cold', reference: 'ref-1' }];
const extra: Step = ['POST', '/items', { sku: 'extra', name: 'Extra', quantity: 3, unitPrice: '1.00' }];

/** Every event type is in here, and every status is the last of some order. */
const lives: Step[][] = [
  toTheDoor,
  [pay('10.25'), ...toTheDoor, refund],
  [extra, ['DELETE', '/items/bread'], ['PATCH', '', { notes: 'ring twice' }], confirm],
  [confirm, prepare, ['POST', '/cancel', { reason: 'too late' }]],
  [pay('5.00'), confirm, ['POST', '/cancel', { reason: 'too late', refund: true }]],
  [pay('4.00'), ...toTheDoor.slice(0, 4), pay('6.25', 'door')],
  toTheDoor.slice(0, 3),
  toTheDoor.slice(0, 2),
  [],
];

const items = [
  { sku: 'soup', name: 'Soup', quantity: 2, unitPrice: '4.50' },
  { sku: 'bread', name: 'Bread', quantity: 1, unitPrice: '1.25' },
];

const command = async (method: string, path: string, body?: unknown): Promise<Written> => {
  const response = await fetch(`${urlOf('order-command')}/orders${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Written;
  if (!response.ok) throw new Error(`${method} ${path} gave ${response.status} ${JSON.stringify(answer)}`);
  return answer;
};

const create = (chance: () => number): Promise<Written> => {
  const one = (among: number): number => Math.floor(chance() * among);
  return command('POST', '', {
    customerId: `c-${one(5)}`,
    restaurantId: `r-${one(3)}`,
    currency: ['USD', 'EUR'][one(2)],
    items,
    deliveryAddress: '1 Main Street',
  });
};

/** One order through a life drawn by lot; every command must be taken. */
export const liveOrder = async (chance: () => number = Math.random): Promise<Written> => {
  const { orderId, ...created } = await create(chance);
  let { version } = created;
  for (const [method, path, body] of lives[Math.floor(chance() * lives.length)] ?? []) {
    ({ version } = await command(method, `/${orderId}${path}`, body));
  }
  return { orderId, version };
};

export type Traffic = {
  /** How many orders have come to the end of their lives so far. */
  count(): number;
  /** Lets the lives under way end. Rejects where a command was refused or not answered. */
  stop(): Promise<Written[]>;
};

/** Orders one after another in each of several hands, from now on until it is stopped. */
export const startTraffic = (seed = 1, hands = 3): Traffic => {
  const orders: Written[] = [];
  const stopping = new AbortController();
  const isStopped = (): boolean => stopping.signal.aborted;
  const work = async (hand: number): Promise<void> => {
    const chance = chanceOf(seed * 100 + hand);
    while (!isStopped()) {
      orders.push(await liveOrder(chance));
      // A pace, not a wait: what is tested goes on beside it on the same processors.
      await pause(30);
    }
  };
  const working = Promise.allSettled(Array.from({ length: hands }, (_, hand) => work(hand)));
  onTestFinished(async () => {
    stopping.abort();
    await working;
  });
  return {
    count: () => orders.length,
    stop: async () => {
      stopping.abort();
      for (const outcome of await working) {
        if (outcome.status === 'rejected') throw outcome.reason;
      }
      return orders;
    },
  };
};
