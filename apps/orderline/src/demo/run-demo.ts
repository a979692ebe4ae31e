import { randomBytes } from 'node:crypto';
import { httpCall } from '../http-call.ts';
import { checkHistory } from './check-history.ts';
import { createLatencies, type Latencies, type Quantiles } from './latencies.ts';
import { legacyOrders, type LegacyOrders } from './legacy-order.ts';
import { lives, type Life } from './lives.ts';
import { analytics } from './read-models/analytics.ts';
import { customerHistory } from './read-models/customer-history.ts';
import { orderSummary } from './read-models/order-summary.ts';
import type { ReadModel, WrittenOrder } from './read-models/read-model.ts';
import { restaurantDashboard } from './read-models/restaurant-dashboard.ts';
import { startTopicTail, type TopicTail } from './topic-tail.ts';
import { walkLife, type Committed, type Walked } from './walk-life.ts';

export type DemoSettings = {
  orders: number;
  /** Addresses of the apps by name. */
  urls: Record<'order-command' | 'order-summary' | 'restaurant-dashboard' | 'customer-history' | 'analytics', string>;
  kafkaBrokers: string[];
  /** The orders database as its owner, who alone may import old history. */
  ordersUrl: string;
  say: (line: string) => void;
};

export type DemoResult = {
  ok: boolean;
  orders: number;
  events: number;
  latencyMs: Record<string, Quantiles>;
  projections: Record<string, { ok: boolean; orders: number; mismatches: number }>;
  problems: string[];
};

type Drive = {
  settings: DemoSettings;
  models: ReadModel[];
  tail: TopicTail;
  legacy: LegacyOrders;
  latencies: Latencies;
  problems: string[];
};

const atOnce = 4;
/** Between the commands of one order. Easy while it is measured: the latencies are those of the path, not of a queue. */
const paceMs = { warmingUp: 15, measured: 100 };
const warmUpOrders = 100;

/**
 * Drives orders through every path of the lifecycle, a few at once, first some that only warm the processes up; waits until
 * each version is visible in each read model and compares every order with all of them. `ok` only if all answers and all
 * rows are right. Restaurants and customers are the run's own; analytics is asked before and after.
 */
export const runDemo = async (settings: DemoSettings): Promise<DemoResult> => {
  const tail = await startTopicTail(settings.kafkaBrokers);
  const legacy = await legacyOrders(settings.ordersUrl);
  const drive = { settings, tail, legacy, latencies: createLatencies(), problems: [] };
  try {
    settings.say(`warming up with ${warmUpOrders} orders`);
    await driveOrders(warmUpOrders, paceMs.warmingUp, {
      ...drive,
      models: await readModels(settings),
      latencies: createLatencies(),
    });
    settings.say(`driving ${settings.orders} orders through ${lives.length} kinds of life`);
    const models = await readModels(settings);
    const walked = await driveOrders(settings.orders, paceMs.measured, { ...drive, models });
    return await judge(walked, { ...drive, models });
  } finally {
    await Promise.all([tail.stop(), legacy.close()]);
  }
};

const readModels = async ({ urls }: DemoSettings): Promise<ReadModel[]> => [
  orderSummary(urls['order-summary']),
  restaurantDashboard(urls['restaurant-dashboard']),
  customerHistory(urls['customer-history']),
  await analytics(urls.analytics),
];

const driveOrders = async (orders: number, pace: number, drive: Drive): Promise<Walked[]> => {
  const run = randomBytes(4).toString('hex');
  const pending: Promise<void>[] = [];
  const walked: Walked[] = [];
  let next = 0;
  const walkOne = async (): Promise<void> => {
    for (let i = next++; i < orders; i = next++) {
      const who = { restaurantId: `r-${run}-${i % 7}`, customerId: `c-${run}-${i % 40}` };
      const onCommit = (commit: Committed): void => void pending.push(...watch({ ...commit, ...who }, drive));
      const commandUrl = drive.settings.urls['order-command'];
      walked.push(
        await walkLife(lives[i % lives.length] as Life, {
          ...who,
          commandUrl,
          paceMs: pace,
          onCommit,
          legacy: drive.legacy,
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, walkOne));
  await Promise.all(pending);
  return walked;
};

const watch = (commit: Committed & { restaurantId: string; customerId: string }, drive: Drive): Promise<void>[] => [
  time('record on Kafka', commit, drive, drive.tail.awaitVersion(commit)),
  ...drive.models.map((model) => time(`visible in ${model.projection}`, commit, drive, model.awaitVersion(commit))),
];

/** Milliseconds from the instant the database recorded the event to now; both clocks are this machine's. */
const time = async (hop: string, commit: Committed, drive: Drive, seen: Promise<boolean>): Promise<void> => {
  if (await seen) drive.latencies.add(`commit → ${hop}`, Date.now() - commit.recordedAt);
  else drive.problems.push(`${commit.orderId} v${commit.version} did not become ${hop} within 30 s`);
};

const judge = async (walked: Walked[], { settings, models, latencies, problems }: Drive): Promise<DemoResult> => {
  const found = [...problems, ...walked.flatMap((order) => order.problems)];
  const commandUrl = settings.urls['order-command'];
  const written = await Promise.all(
    walked.map(async ({ orderId }) => (await httpCall('GET', `${commandUrl}/orders/${orderId}`)).body as WrittenOrder),
  );
  for (const order of written) found.push(...(await checkHistory(order, commandUrl)));
  const projections: DemoResult['projections'] = {};
  for (const { projection, mismatches } of models) {
    const lines = await mismatches(written);
    found.push(...lines.map((line) => `${projection}: ${line}`));
    projections[projection] = { ok: lines.length === 0, orders: written.length, mismatches: lines.length };
  }
  return {
    ok: found.length === 0,
    orders: walked.length,
    events: walked.reduce((sum, { version }) => sum + version, 0),
    latencyMs: latencies.quantiles(),
    projections,
    problems: found,
  };
};
