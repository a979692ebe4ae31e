import { setTimeout as pause } from 'node:timers/promises';
import { withBacklog, type BacklogServers } from './backlog/backlog-servers.ts';
import { drained } from './backlog/drain.ts';
import { peakMegabytes } from './process-usage.ts';
import { startProjectorProcess, type ProjectorProcess } from './backlog/projector-process.ts';
import { makeReadModel, type ProjectorName, type ReadModel } from './backlog/read-model.ts';
import { rebuildAndSwap } from './backlog/rebuild.ts';
import { startReads, type Latencies } from './backlog/steady-reads.ts';
import type { Effort } from './effort.ts';
import { reportFigures, type ComparisonResult } from './measure-arms.ts';

type Report = (result: ComparisonResult) => void;
type Rebuilt = { readonly seconds: number; readonly before: Latencies; readonly during: Latencies };

const readsPerSecond = 50;
/** Of each projector the projection with the most rows, and reads of the kind that its users make. */
const subjects: readonly { name: ProjectorName; projection: string; reads: (orderIds: string[]) => string[] }[] = [
  { name: 'order-summary', projection: 'order-summary', reads: (ids) => ids.map((id) => `/orders/${id}`) },
  {
    name: 'restaurant-dashboard',
    projection: 'open-orders',
    reads: () => perNumber('/restaurants/restaurant-*/dashboard'),
  },
  { name: 'customer-history', projection: 'customer-orders', reads: () => perNumber('/customers/customer-*/orders') },
  { name: 'analytics', projection: 'status-intervals', reads: () => ['/status-counts', '/funnel'] },
];
const perNumber = (path: string): string[] => Array.from({ length: 1_000 }, (_, nth) => path.replace('*', String(nth)));

/**
 * A rebuild of the whole topic through the routes of the projector, which serves reads at a steady rate meanwhile: filled from
 * the first event, compared row by row, swapped. Reads before it, on the same rows, say what it costs them.
 */
export const run = (report: Report, effort: Effort): Promise<void> =>
  withBacklog(effort.events, async (servers) => {
    for (const subject of subjects.filter(({ name }) => effort.only === undefined || effort.only === name)) {
      const readModel = await makeReadModel(servers.adminUrl, subject.name);
      try {
        await measure(subject, { readModel, servers, report, effort });
      } finally {
        await readModel.drop();
      }
    }
  });

type Surroundings = { readModel: ReadModel; servers: BacklogServers; report: Report; effort: Effort };

const measure = async (subject: (typeof subjects)[number], around: Surroundings): Promise<void> => {
  const { readModel, servers, report, effort } = around;
  const { projection } = subject;
  const projector = await startProjectorProcess(readModel, servers.brokers);
  try {
    await drained(readModel, projector, effort.events);
    const { rows } = await readModel.pool.query<{ id: string }>(
      'SELECT DISTINCT order_id AS id FROM projection_order LIMIT 1000',
    );
    const paths = subject.reads(rows.map(({ id }) => id));
    const rebuilt: Rebuilt[] = [];
    for (let round = 0; round < Math.min(effort.rounds, 3); round += 1) {
      rebuilt.push(await rebuildUnderReads(projector, projection, { paths, seconds: 5 * effort.seconds }));
    }
    const list = (of: (one: Rebuilt) => number): number[] => rebuilt.map(of);
    report(reportFigures(`${projection}: rebuild`, 's', { 'filled, compared, swapped': list((one) => one.seconds) }));
    report(
      reportFigures(`${projection}: ${readsPerSecond} reads a second`, 'ms', {
        'p50 before': list(({ before }) => before.p50),
        'p50 during': list(({ during }) => during.p50),
      }),
    );
    report(
      reportFigures(`${projection}: ${readsPerSecond} reads a second`, 'ms', {
        'p99 before': list(({ before }) => before.p99),
        'p99 during': list(({ during }) => during.p99),
      }),
    );
    report(
      reportFigures(`${projection}: memory of the projector`, 'MB', { 'at most': [peakMegabytes(projector.pid)] }),
    );
  } finally {
    await projector.stop();
  }
};

const rebuildUnderReads = async (
  projector: ProjectorProcess,
  projection: string,
  { paths, seconds }: { paths: readonly string[]; seconds: number },
): Promise<Rebuilt> => {
  const reads = startReads(projector.url, paths, readsPerSecond);
  try {
    // The first ones open connections and plan statements.
    await pause(seconds * 200);
    reads.take();
    await pause(seconds * 1_000);
    const before = reads.take();
    const took = await rebuildAndSwap(projector.url, projection);
    return { seconds: took, before, during: reads.take() };
  } finally {
    reads.stop();
  }
};
