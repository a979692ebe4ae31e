import { topicName } from '@orderline/contracts';
import type { AuditOptions, AuditPart } from './audit-options.ts';
import type { AuditReport, Finding, KindFinding } from './audit-report.ts';
import { compareTopic, type TopicComparison } from './compare/compare-topic.ts';
import { compareModels, type ModelComparison } from './read-models/compare-models.ts';
import { openModel, type OpenModel } from './read-models/open-model.ts';
import { settleProgress } from './read-models/settle-progress.ts';
import { findingsByKind } from './findings-by-kind.ts';
import { findChainFaults } from './store/chain-faults.ts';
import { openSnapshot, type Snapshot } from './store/snapshot.ts';
import { sumStore, type StoreBucket } from './store/sum-store.ts';
import { followTopic, type FollowedTopic } from './topic/follow-topic.ts';

const everything: readonly AuditPart[] = ['store', 'topic', 'read-models'];

/**
 * Compares event store, topic and read models, with no code of the pipeline: counts and hashes per time bucket, and row by row
 * only where these differ. Works while traffic flows, on read-only snapshots: a difference counts only when it is still
 * there after `settleMs`. Throws when one of the places, or something of it, cannot be compared: that is no finding.
 */
export const runAudit = async (options: AuditOptions): Promise<AuditReport> => {
  const { ordersUrl, parts = everything, readModels } = options;
  if (parts.includes('read-models') && readModels.length === 0) throw new Error('No read model was named to compare.');
  const topic = followTopic({ topic: topicName, ...options });
  const models: OpenModel[] = [];
  let store: Snapshot | undefined;
  try {
    // Read models before the store: whatever they have applied is then in it.
    if (parts.includes('read-models')) models.push(...(await openAll(readModels)));
    store = await openSnapshot(ordersUrl);
    return await compareAll({ ...options, parts }, { store, models, topic });
  } finally {
    await Promise.all([...models.map(({ snapshot }) => snapshot.close()), store?.close(), topic.close()]);
  }
};

const openAll = async (readModels: AuditOptions['readModels']): Promise<OpenModel[]> => {
  const opened = await Promise.allSettled(readModels.map(openModel));
  const models = opened.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = opened.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return models;
  await Promise.all(models.map(({ snapshot }) => snapshot.close()));
  throw failed.reason;
};

type Places = {
  readonly store: Snapshot;
  readonly models: readonly OpenModel[];
  readonly topic: FollowedTopic;
};

const compareAll = async (
  options: AuditOptions & { readonly parts: readonly AuditPart[] },
  { store, models, topic }: Places,
): Promise<AuditReport> => {
  const { ordersUrl, parts, settleMs = 10_000, onProgress } = options;
  const startedAt = performance.now();
  const readsTopic = parts.some((part) => part !== 'store');
  const [inDatabases] = await Promise.all([
    compareInDatabases(store, models, onProgress),
    readsTopic ? topic.catchUp(sayEvery(250_000, (records) => onProgress?.(`${records} records read`))) : undefined,
  ]);
  const { buckets, chain, compared } = inDatabases;
  const deadline = performance.now() + settleMs;
  const onTopic: TopicComparison = readsTopic
    ? await compareTopic({ ordersUrl, store, buckets, topic, deadline })
    : { findings: [], neverPublished: new Set() };
  const progress = await settleProgress({ compared: compared.compared, topic: topic.index, deadline });
  const findings: KindFinding[] = [...compared.findings, ...progress.findings];
  if (parts.includes('store')) findings.push(...chain);
  if (parts.includes('topic')) findings.push(...onTopic.findings);
  const sums = [...buckets.values()];
  return {
    ...findingsByKind(findings),
    // What never came to the topic is no finding of a read model, but it is not there either.
    ok: findings.length === 0 && onTopic.findings.length === 0 && progress.behind.length === 0,
    orders: sums.reduce((sum, { orders }) => sum + orders, 0),
    events: sums.reduce((sum, { events }) => sum + events, 0),
    seconds: (performance.now() - startedAt) / 1_000,
    repeated: topic.index.repeated,
    unreadable: topic.index.unreadable,
    neverPublished: onTopic.neverPublished.size,
    parked: progress.parked,
    givenUp: givenUpIn(compared.compared),
    behind: progress.behind,
  };
};

const givenUpIn = (compared: ModelComparison['compared']): Finding[] =>
  compared.flatMap(({ served: { where }, lags }) =>
    [...lags.values()].flatMap(({ orderId, givenUp }) =>
      givenUp.map((version) => ({ orderId, version, where, what: 'given up by a person' })),
    ),
  );

type InDatabases = {
  readonly buckets: ReadonlyMap<string, StoreBucket>;
  readonly chain: readonly KindFinding[];
  readonly compared: ModelComparison;
};

/** What needs no topic: goes on in the servers while the topic is read here. */
const compareInDatabases = async (
  store: Snapshot,
  models: readonly OpenModel[],
  onProgress: AuditOptions['onProgress'],
): Promise<InDatabases> => {
  const buckets = await sumStore(store);
  onProgress?.(`${buckets.size} time buckets of the event store summed`);
  const chain = await findChainFaults(store, buckets.values());
  const compared = await compareModels(store, buckets, models);
  // A generation cannot be dropped while somebody holds a snapshot in which its table was read.
  await Promise.all(models.map(({ snapshot }) => snapshot.close()));
  onProgress?.('read models compared');
  return { buckets, chain, compared };
};

const sayEvery = (step: number, say: (records: number) => void): ((records: number) => void) => {
  let next = step;
  return (records) => {
    if (records < next) return;
    next = records + step;
    say(records);
  };
};
