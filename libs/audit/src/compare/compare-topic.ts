import { setTimeout as pause } from 'node:timers/promises';
import type { Queryable } from '@orderline/postgres';
import type { KindFinding } from '../audit-report.ts';
import { openSnapshot } from '../store/snapshot.ts';
import type { StoreBucket } from '../store/sum-store.ts';
import type { FollowedTopic } from '../topic/follow-topic.ts';
import { differingOrders, judgeAgain, type Verdicts } from './differing-orders.ts';
import { explainAll } from './explain-tampered.ts';
import { judgeTopic } from './judge-order.ts';

export type TopicComparison = {
  readonly findings: readonly KindFinding[];
  readonly neverPublished: ReadonlySet<string>;
};

type Compared = {
  readonly ordersUrl: string;
  readonly store: Queryable;
  readonly buckets: ReadonlyMap<string, StoreBucket>;
  readonly topic: FollowedTopic;
  /** By performance.now(). */
  readonly deadline: number;
};

const lookEveryMs = 250;

/**
 * The store against the topic, while both grow: what differs is looked at again, newly read from both sides, until it agrees
 * or the deadline is over.
 */
export const compareTopic = async ({
  ordersUrl,
  store,
  buckets,
  topic,
  deadline,
}: Compared): Promise<TopicComparison> => {
  let verdicts = await differingOrders(store, buckets, topic.index);
  while (hasFindings(verdicts) && performance.now() < deadline) {
    await pause(lookEveryMs);
    // The store first: whatever it has by now is to be on the topic, not the other way about.
    const now = await openSnapshot(ordersUrl);
    try {
      await topic.catchUp();
      verdicts = await judgeAgain(now, [...verdicts.keys()], topic.index);
    } finally {
      await now.close();
    }
  }
  const differing = [...verdicts.values()].flatMap((verdict) => verdict.findings);
  const findings = await explainAll(store, topic, differing);
  for (const [orderId, order] of topic.index.orders) findings.push(...judgeTopic(orderId, order));
  const neverPublished = new Set(
    [...verdicts].filter(([, verdict]) => verdict.neverPublished).map(([orderId]) => orderId),
  );
  return { findings, neverPublished };
};

const hasFindings = (verdicts: Verdicts): boolean => {
  for (const { findings } of verdicts.values()) if (findings.length > 0) return true;
  return false;
};
