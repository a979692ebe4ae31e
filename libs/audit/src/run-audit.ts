import type { AuditOptions } from './audit-options.ts';
import { findingKinds, type AuditReport, type Finding, type FindingKind, type KindFinding } from './audit-report.ts';
import { compareTopic } from './compare/compare-topic.ts';
import { findChainFaults } from './store/chain-faults.ts';
import { openSnapshot } from './store/snapshot.ts';
import { sumStore } from './store/sum-store.ts';
import { followTopic } from './topic/follow-topic.ts';
import { topicName } from '@orderline/contracts';

/**
 * Compares event store, topic and read models, with no code of the pipeline: sums and hashes per time bucket, and row by row
 * only where these differ. Works while traffic flows, on read-only snapshots: a difference counts only when it is still
 * there after `settleMs`. Throws when one of the places cannot be read: that is no finding.
 */
export const runAudit = async (options: AuditOptions): Promise<AuditReport> => {
  const { ordersUrl, parts = ['store', 'topic', 'read-models'], settleMs = 10_000, onProgress } = options;
  const startedAt = performance.now();
  const topic = followTopic({ topic: topicName, ...options });
  const store = await openSnapshot(ordersUrl);
  try {
    const [buckets] = await Promise.all([sumStore(store), topic.catchUp()]);
    const sums = [...buckets.values()];
    onProgress?.(`${sums.length} time buckets summed`);
    const findings: KindFinding[] = [];
    if (parts.includes('store')) findings.push(...(await findChainFaults(store, sums)));
    const compared = await compareTopic({ ordersUrl, store, buckets, topic, settleMs });
    if (parts.includes('topic')) findings.push(...compared.findings);
    return {
      ...byKind(findings),
      ok: findings.length === 0,
      orders: sums.reduce((sum, { orders }) => sum + orders, 0),
      events: sums.reduce((sum, { events }) => sum + events, 0),
      seconds: (performance.now() - startedAt) / 1_000,
      repeated: topic.index.repeated,
      unreadable: topic.index.unreadable,
      neverPublished: compared.neverPublished.size,
      parked: [],
      behind: [],
    };
  } finally {
    await store.close();
    await topic.close();
  }
};

const byKind = (findings: readonly KindFinding[]): Record<FindingKind, Finding[]> => {
  const lists: Record<FindingKind, Finding[]> = { lost: [], doubled: [], outOfOrder: [], divergent: [], tampered: [] };
  for (const { kind, ...finding } of findings) lists[kind].push(finding);
  for (const kind of findingKinds) lists[kind].sort(byOrder);
  return lists;
};

const byOrder = (a: Finding, b: Finding): number =>
  a.orderId.localeCompare(b.orderId) || a.version - b.version || a.where.localeCompare(b.where);
