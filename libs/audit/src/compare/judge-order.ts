import type { KindFinding } from '../audit-report.ts';
import type { StoredVersion } from '../store/read-stored.ts';
import { digestOf, idBits, placeOf, type SeenOrder } from '../topic/topic-index.ts';

export type OrderVerdict = { readonly findings: readonly KindFinding[]; readonly neverPublished: boolean };

/**
 * One order in the store against the same order on the topic. An order first stored in an older shape, of which the topic
 * has nothing, was never published: those of before the pipeline are history, not a loss.
 */
export const judgeOrder = (
  orderId: string,
  stored: readonly StoredVersion[],
  seen: SeenOrder | undefined,
): OrderVerdict => {
  const neverPublished = seen === undefined && stored[0]?.older === true;
  if (neverPublished) return { findings: [], neverPublished };
  const findings = stored.flatMap((version) => judgeVersion(version, seen));
  const known = new Set(stored.map(({ version }) => version));
  seen?.versions.forEach((_, version) => {
    if (known.has(version)) return;
    const what = `version ${version} is on the topic and not in the store`;
    findings.push({ kind: 'divergent', orderId, version, where: 'topic', what });
  });
  return { findings, neverPublished };
};

const judgeVersion = (stored: StoredVersion, seen: SeenOrder | undefined): KindFinding[] => {
  const { orderId, version } = stored;
  const found = (kind: KindFinding['kind'], what: string): KindFinding[] => [
    { kind, orderId, version, where: 'topic', what },
  ];
  const record = seen?.versions[version];
  if (record === undefined) return found('lost', 'stored and not on the topic');
  const place = placeOf(record);
  if (record.id !== idBits(stored.eventId)) return found('divergent', `another event than in the store (${place})`);
  if (digestOf(record) !== stored.digest) return found('tampered', `the record (${place}) is not what is stored`);
  return [];
};

/** What the topic alone tells of an order. */
export const judgeTopic = (orderId: string, order: SeenOrder): KindFinding[] => {
  const { versions, reached, places, faults = [] } = order;
  const findings: KindFinding[] = faults.map((fault) => ({ ...fault, orderId, where: 'topic' }));
  if (places !== undefined) return [...findings, ...astray(orderId, places)];
  const stuck = versions[reached + 1];
  if (stuck === undefined) return findings;
  const what = `${placeOf(stuck)}, but whoever refuses gaps has refused it or what was before it`;
  return [...findings, { kind: 'outOfOrder', orderId, version: reached + 1, where: 'topic', what }];
};

/** Nothing holds the order between partitions: what is not where most of it is, is out of order. */
const astray = (orderId: string, places: ReadonlyMap<number, ReadonlySet<number>>): KindFinding[] => {
  const [[home] = [], ...others] = [...places].sort(
    ([, one], [, other]) => other.size - one.size || Math.min(...one) - Math.min(...other),
  );
  return others.flatMap(([partition, strayed]) =>
    [...strayed].map((version) => {
      const what = `in partition ${partition}, the order is in ${home ?? partition}`;
      return { kind: 'outOfOrder', orderId, version, where: 'topic', what } as const;
    }),
  );
};
