import { runAudit, type AuditOptions, type AuditReport } from '@orderline/audit';
import type { LoadReport } from '../traffic/tally.ts';
import { brokenPromises, type BrokenPromise } from './broken-promises.ts';
import type { TopicCheck } from './topic-check.ts';

/** What became of everything that was promised to clients. */
export type LoadAudit = {
  /** all: clients, event store, topic and read models · topic: clients and the topic · nothing: no place could be reached. */
  readonly compared: 'all' | 'topic' | 'nothing';
  readonly ok: boolean;
  readonly orders: number;
  readonly events: number;
  readonly seconds: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  /** Divergent or tampered with, parked, or not read yet. */
  readonly amiss: number;
  /** Records that only repeat others: harmless. */
  readonly repeated: number;
  /** Everything that is wrong, in words. */
  readonly findings: readonly string[];
};

/** Where to look: all databases, or the topic alone. */
export type AuditPlaces = {
  readonly audit?: AuditOptions | undefined;
  readonly topic?: (() => Promise<TopicCheck>) | undefined;
};

/**
 * Holds the event store to what clients were told, which the generator knows by itself, and topic and read models to the event
 * store. With databases out of reach, the topic alone to what clients were told.
 */
export const auditLoad = async (load: LoadReport, { audit, topic }: AuditPlaces): Promise<LoadAudit> => {
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1_000;
  if (audit !== undefined) {
    const report = await runAudit(audit);
    const broken = await brokenPromises(audit.ordersUrl, load);
    return { ...auditOf(report, broken, load), seconds: seconds() };
  }
  if (topic === undefined) return nothing;
  const check = await topic();
  return { ...topicAuditOf(load, check), seconds: seconds() };
};

const nothing: LoadAudit = {
  compared: 'nothing',
  ok: true,
  ...{ orders: 0, events: 0, seconds: 0, lost: 0, doubled: 0, outOfOrder: 0, amiss: 0, repeated: 0 },
  findings: [],
};

/** The audit's findings with what clients were told and the store does not hold. Orders that others left parked are theirs. */
export const auditOf = (
  report: AuditReport,
  broken: readonly BrokenPromise[],
  { accepted }: Pick<LoadReport, 'accepted'>,
): Omit<LoadAudit, 'seconds'> => {
  const { lost, doubled, outOfOrder, divergent, tampered, behind } = report;
  const parked = report.parked.filter(({ orderId }) => accepted.has(orderId));
  const named = { lost, doubled, 'out of order': outOfOrder, divergent, tampered, parked };
  const count = (kind: BrokenPromise['kind']): number => broken.filter((one) => one.kind === kind).length;
  return {
    compared: 'all',
    ok: report.ok && parked.length === 0 && broken.length === 0,
    orders: report.orders,
    events: report.events,
    lost: lost.length + count('lost'),
    doubled: doubled.length + count('doubled'),
    outOfOrder: outOfOrder.length,
    amiss: divergent.length + tampered.length + parked.length + behind.length,
    repeated: report.repeated,
    findings: [
      ...broken.map(({ kind, orderId, what }) => `${kind}: order ${orderId} in the event store: ${what}`),
      ...Object.entries(named).flatMap(([kind, list]) =>
        list.map(
          ({ orderId, version, where, what }) => `${kind}: order ${orderId} version ${version} in ${where}: ${what}`,
        ),
      ),
      ...behind.map(({ where, orders }) => `not read yet: ${orders} orders by ${where}`),
    ],
  };
};

const topicAuditOf = (
  { accepted }: LoadReport,
  { records, repeated, faults }: TopicCheck,
): Omit<LoadAudit, 'seconds'> => {
  const count = (wanted: 'lost' | 'outOfOrder'): number => faults.filter(({ kind }) => kind === wanted).length;
  return {
    compared: 'topic',
    ok: faults.length === 0,
    orders: accepted.size,
    events: records - repeated,
    ...{ lost: count('lost'), doubled: 0, outOfOrder: count('outOfOrder'), amiss: 0, repeated },
    findings: faults.map(
      ({ kind, orderId, version, what }) =>
        `${kind === 'lost' ? 'lost' : 'out of order'}: order ${orderId} version ${version} on the topic: ${what}`,
    ),
  };
};
