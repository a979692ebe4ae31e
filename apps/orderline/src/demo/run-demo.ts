import { httpCall } from '../http-call.ts';
import { createLatencies, type Latencies, type Quantiles } from './latencies.ts';
import { lives, type Life } from './lives.ts';
import { orderSummary, type ReadModel, type WrittenOrder } from './read-models.ts';
import { startTopicTail, type TopicTail } from './topic-tail.ts';
import { walkLife, type Committed, type Walked } from './walk-life.ts';

export type DemoSettings = {
  orders: number;
  commandUrl: string;
  summaryUrl: string;
  kafkaBrokers: string[];
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

const atOnce = 4;
const warmUpOrders = 45;

/**
 * Drives orders through every path of the lifecycle, a few at once, first some that only warm the processes up; waits until
 * each version is visible and compares every order with each read model. `ok` only if all answers and all rows are right.
 */
export const runDemo = async (settings: DemoSettings): Promise<DemoResult> => {
  const models = [orderSummary(settings.summaryUrl)];
  const tail = await startTopicTail(settings.kafkaBrokers);
  try {
    settings.say(`warming up with ${warmUpOrders} orders`);
    await drive(warmUpOrders, settings, { models, tail, latencies: createLatencies() });
    settings.say(`driving ${settings.orders} orders through ${lives.length} kinds of life`);
    const latencies = createLatencies();
    const walked = await drive(settings.orders, settings, { models, tail, latencies });
    return await judge(walked, settings, { models, latencies });
  } finally {
    await tail.stop();
  }
};

type Watch = { models: ReadModel[]; tail: TopicTail; latencies: Latencies };

const drive = async (orders: number, settings: DemoSettings, watch: Watch): Promise<Walked[]> => {
  const pending: Promise<string | undefined>[] = [];
  const onCommit = (commit: Committed): void => {
    pending.push(timed(watch, 'record on Kafka', commit, watch.tail.awaitVersion(commit)));
    for (const model of watch.models) {
      pending.push(timed(watch, `visible in ${model.projection}`, commit, model.awaitVersion(commit)));
    }
  };
  const walked: Walked[] = [];
  let next = 0;
  const walkOne = async (): Promise<void> => {
    for (let i = next++; i < orders; i = next++) {
      const who = { commandUrl: settings.commandUrl, restaurantId: `r-${i % 7}`, customerId: `c-${i % 40}`, onCommit };
      walked.push(await walkLife(lives[i % lives.length] as Life, who));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, walkOne));
  const late = (await Promise.all(pending)).filter((problem) => problem !== undefined);
  if (late.length > 0 && walked[0]) walked[0].problems.push(...late);
  return walked;
};

/** Milliseconds from the instant the database recorded the event to now; both clocks are this machine's. */
const timed = async (
  watch: Watch,
  hop: string,
  commit: Committed,
  seen: Promise<boolean>,
): Promise<string | undefined> => {
  if (!(await seen)) return `${commit.orderId} v${commit.version}: never seen: ${hop}`;
  watch.latencies.add(`commit → ${hop}`, Date.now() - commit.recordedAt);
  return undefined;
};

const judge = async (
  walked: Walked[],
  settings: DemoSettings,
  { models, latencies }: { models: ReadModel[]; latencies: Latencies },
): Promise<DemoResult> => {
  const problems = walked.flatMap((order) => order.problems);
  const projections: DemoResult['projections'] = {};
  const written = await Promise.all(
    walked.map(
      async ({ orderId }) => (await httpCall('GET', `${settings.commandUrl}/orders/${orderId}`)).body as WrittenOrder,
    ),
  );
  for (const model of models) {
    let mismatches = 0;
    for (const order of written) {
      const differences = await model.differences(order);
      if (differences.length > 0) mismatches += 1;
      problems.push(...differences.map((difference) => `${model.projection} ${order.orderId} ${difference}`));
    }
    projections[model.projection] = { ok: mismatches === 0, orders: written.length, mismatches };
  }
  return {
    ok: problems.length === 0,
    orders: walked.length,
    events: walked.reduce((sum, { version }) => sum + version, 0),
    latencyMs: latencies.quantiles(),
    projections,
    problems,
  };
};
