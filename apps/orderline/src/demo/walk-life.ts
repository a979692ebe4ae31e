import { setTimeout } from 'node:timers/promises';
import { httpCall, type Answer } from '../http-call.ts';
import type { LegacyOrders } from './legacy-order.ts';
import type { Life, Step } from './lives.ts';

export type Walked = { orderId: string; version: number; problems: string[] };
export type Committed = { orderId: string; version: number; recordedAt: number };

type Walk = {
  commandUrl: string;
  restaurantId: string;
  customerId: string;
  /** At least this long from one command to the next. */
  paceMs: number;
  onCommit: (commit: Committed) => void;
  legacy?: LegacyOrders;
};
type OrderAnswer = { orderId: string; version: number; updatedAt: string };

/**
 * Walks one order through its life over HTTP. Every answer is compared with what the life expects; differences are listed,
 * not thrown. `onCommit` hears of each new version, with the instant that the database recorded.
 */
export const walkLife = async (life: Life, walk: Walk): Promise<Walked> => {
  const begun = await begin(life, walk);
  if (typeof begun === 'string') return { orderId: '', version: 0, problems: [begun] };
  const { orderId } = begun.body as OrderAnswer;
  const walked: Walked = { orderId, version: 0, problems: [] };
  take(begun, walked, walk);
  for (const step of life.steps) {
    await setTimeout(walk.paceMs);
    const answer = await httpCall(
      step.method,
      `${walk.commandUrl}/orders/${orderId}${step.path}`,
      step.body,
      headersOf(step, orderId),
    );
    if (!isExpected(answer, step)) walked.problems.push(differs(life, step.path, step.code ?? step.expect, answer));
    if (answer.status === 200) take(answer, walked, walk);
  }
  return walked;
};

const headersOf = ({ headers = {} }: Step, orderId: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('{orderId}', orderId)]));

/** The answer about the new order, or what was wrong with it. */
const begin = async (life: Life, walk: Walk): Promise<Answer | string> => {
  const { commandUrl, customerId, restaurantId } = walk;
  if (life.storedAs !== undefined) {
    if (walk.legacy === undefined) throw new Error(`${life.name}: there is no way to store old events`);
    const orderId = await walk.legacy.store(life.storedAs, { customerId, restaurantId });
    return httpCall('GET', `${commandUrl}/orders/${orderId}`);
  }
  const items = life.prices.map((unitPrice, i) => ({
    sku: `sku-${i + 1}`,
    name: `Dish ${i + 1}`,
    quantity: i === 0 ? 2 : 1,
    unitPrice,
  }));
  const order = { customerId, restaurantId, currency: life.currency, items, deliveryAddress: '1 Main Street' };
  const created = await httpCall('POST', `${commandUrl}/orders`, order);
  return created.status === 201 ? created : differs(life, 'create', 201, created);
};

const take = (answer: Answer, walked: Walked, walk: Walk): void => {
  const { orderId, version, updatedAt } = answer.body as OrderAnswer;
  if (version === walked.version) return;
  walked.version = version;
  walk.onCommit({ orderId, version, recordedAt: Date.parse(updatedAt) });
};

const isExpected = (answer: Answer, step: Step): boolean =>
  answer.status === step.expect && (step.code === undefined || (answer.body as { code?: string }).code === step.code);

const differs = (life: Life, what: string, expected: string | number, answer: Answer): string =>
  `${life.name}: ${what} should give ${expected}, gave ${answer.status} ${JSON.stringify(answer.body)}`;
