import type { Queryable } from '@orderline/postgres';
import type { KindFinding } from '../audit-report.ts';
import { contentSql } from '../store/event-sql.ts';
import type { FollowedTopic } from '../topic/follow-topic.ts';

/** What the lines of `contentSql` and `recordForm` are, in their order. */
const lines = [
  ...['order id', 'version', 'event id', 'type', 'schema version', 'time recorded', 'time of occurrence', 'role'],
  ...['actor', 'correlation id', 'causation id', 'traceparent', 'data'],
];
const mostExplained = 1_000;

const storedForm = async (store: Queryable, { orderId, version }: KindFinding): Promise<string> => {
  const { rows } = await store.query<{ form: string }>(
    `SELECT ${contentSql} AS form FROM event WHERE order_id = $1::uuid AND version = $2`,
    [orderId, version],
  );
  return rows[0]?.form ?? '';
};

/** Names of what differs. An event stored without a trace is given one when it is sent again: that is none of it. */
const differingLines = (stored: string, record: string): string[] => {
  const [here, there] = [stored.split('\n'), record.split('\n')];
  return lines.filter((name, at) => here[at] !== there[at] && !(name === 'traceparent' && here[at] === ''));
};

/** Reads once more what is said to differ, and tells what of it does; nothing for what does not. */
const explain = async (store: Queryable, topic: FollowedTopic, finding: KindFinding): Promise<KindFinding[]> => {
  const place = topic.index.orders.get(finding.orderId)?.versions[finding.version];
  if (finding.kind !== 'tampered' || place === undefined) return [finding];
  const record = await topic.formAt(place.partition, BigInt(place.offset));
  if (record === undefined) return [finding];
  const differing = differingLines(await storedForm(store, finding), record);
  return differing.length === 0 ? [] : [{ ...finding, what: `${finding.what}: ${differing.join(', ')}` }];
};

/** The first thousand are explained, the others named. */
export const explainAll = async (
  store: Queryable,
  topic: FollowedTopic,
  findings: readonly KindFinding[],
): Promise<KindFinding[]> => {
  const explained: KindFinding[] = [];
  for (const finding of findings.slice(0, mostExplained)) explained.push(...(await explain(store, topic, finding)));
  return [...explained, ...findings.slice(mostExplained)];
};
