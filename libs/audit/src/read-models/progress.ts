import type { Queryable } from '@orderline/postgres';
import type { KindFinding } from '../audit-report.ts';
import { bucketSql, headSql } from '../store/event-sql.ts';
import { bucketOf, bucketRange } from '../store/read-stored.ts';
import type { StoreBucket } from '../store/sum-store.ts';
import type { OpenModel, Served } from './open-model.ts';

/** How far an order has come in a projection, where that is not the head of the store. */
export type Lag = {
  readonly orderId: string;
  /** 0 before the first. */
  readonly applied: number;
  readonly head: number;
  readonly parked: boolean;
  /** Versions that a person gave up: they count as applied and have no effect. */
  readonly givenUp: readonly number[];
};

export type Progress = { readonly lags: ReadonlyMap<string, Lag>; readonly findings: readonly KindFinding[] };

type Bucket = { readonly orders: number; readonly heads: bigint };
type Gate = { readonly version: number; readonly eventId: string | null; readonly parked: boolean };

/** Count and hash per time bucket of the newest version that every order has come to. */
const sumProgress = async (model: Queryable, generation: number): Promise<Map<string, Bucket>> => {
  const { rows } = await model.query<[string, number, string]>({
    text: `SELECT bucket, count(*)::integer, bit_xor(head)::text FROM (
        SELECT ${bucketSql} AS bucket, ${headSql} AS head FROM projection_order WHERE generation = $1 AND version > 0) gates
      GROUP BY bucket`,
    values: [generation],
    rowMode: 'array',
  });
  return new Map(rows.map(([bucket, orders, heads]) => [bucket, { orders, heads: BigInt(heads) }]));
};

const gatesIn = async (model: Queryable, generation: number, bucket: string): Promise<Map<string, Gate>> => {
  const { rows } = await model.query<[string, number, string | null, boolean]>({
    text: `SELECT order_id, version, event_id, parked FROM projection_order
      WHERE generation = $1 AND order_id BETWEEN $2::uuid AND $3::uuid`,
    values: [generation, ...bucketRange(bucket)],
    rowMode: 'array',
  });
  return new Map(rows.map(([orderId, version, eventId, parked]) => [orderId, { version, eventId, parked }]));
};

type StoredIds = ReadonlyMap<string, readonly string[]>;

/** Event ids by order, oldest first. */
const idsIn = async (store: Queryable, bucket: string): Promise<StoredIds> => {
  const { rows } = await store.query<[string, string[]]>({
    text: `SELECT order_id, array_agg(event_id::text ORDER BY version) FROM event
      WHERE order_id BETWEEN $1::uuid AND $2::uuid GROUP BY order_id`,
    values: bucketRange(bucket),
    rowMode: 'array',
  });
  return new Map(rows);
};

const judgeGate = (where: string, orderId: string, gate: Gate, ids: readonly string[]): KindFinding[] => {
  const found = (what: string): KindFinding[] => [{ kind: 'divergent', orderId, version: gate.version, where, what }];
  if (gate.version > ids.length) return found(`has come to version ${gate.version}, the store to ${ids.length}`);
  const stored = ids[gate.version - 1];
  if (stored === undefined || gate.eventId === null || gate.eventId === stored) return [];
  return found('came to this version with another event than the stored one');
};

/** Orders parked before their first event, which have no row to differ in the sums, and those with events given up. */
const unusual = async ({ model: { snapshot }, served }: Judged): Promise<string[]> => {
  const { rows } = await snapshot.query<[string]>({
    text: `SELECT order_id::text FROM projection_order WHERE generation = $1 AND parked
      UNION SELECT order_id FROM projection_discarded WHERE projection = $2 AND version > 0 AND event_id IS NOT NULL`,
    values: [served.generation, served.projection],
    rowMode: 'array',
  });
  return rows.map(([orderId]) => orderId);
};

type GivenUp = ReadonlyMap<string, readonly { readonly version: number; readonly eventId: string }[]>;

const givenUpIn = async ({ model: { snapshot }, served }: Judged): Promise<GivenUp> => {
  const { rows } = await snapshot.query<{ orderId: string; version: number; eventId: string }>(
    `SELECT order_id AS "orderId", version, event_id AS "eventId" FROM projection_discarded
     WHERE projection = $1 AND version > 0 AND event_id IS NOT NULL`,
    [served.projection],
  );
  return Map.groupBy(rows, ({ orderId }) => orderId);
};

const untouched: Gate = { version: 0, eventId: null, parked: false };

type Judged = { readonly model: OpenModel; readonly served: Served };

/** The last version of every order in a projection against the store, which was looked at later. */
export const compareProgress = async (
  judged: Judged,
  store: Queryable,
  stored: ReadonlyMap<string, StoreBucket>,
): Promise<Progress> => {
  const lags = new Map<string, Lag>();
  const findings: KindFinding[] = [];
  const allGivenUp = await givenUpIn(judged);
  for (const bucket of await differingBuckets(judged, stored)) {
    const ids = await idsIn(store, bucket);
    const gates = await gatesIn(judged.model.snapshot, judged.served.generation, bucket);
    for (const orderId of new Set([...ids.keys(), ...gates.keys()])) {
      const gate = gates.get(orderId) ?? untouched;
      const events = ids.get(orderId) ?? [];
      findings.push(...judgeGate(judged.served.where, orderId, gate, events));
      const given = allGivenUp.get(orderId)?.filter(({ version, eventId }) => events[version - 1] === eventId) ?? [];
      const givenUp = given.map(({ version }) => version);
      const lag = { orderId, applied: gate.version, head: events.length, parked: gate.parked, givenUp };
      if (lag.applied !== lag.head || lag.parked || givenUp.length > 0) lags.set(orderId, lag);
    }
  }
  return { lags, findings };
};

/** Time buckets of which the sums differ, or that have an order that is parked or has events given up. */
const differingBuckets = async (judged: Judged, stored: ReadonlyMap<string, StoreBucket>): Promise<Set<string>> => {
  const sums = await sumProgress(judged.model.snapshot, judged.served.generation);
  const differing = new Set(
    (await unusual(judged)).map(bucketOf).filter((bucket) => sums.has(bucket) || stored.has(bucket)),
  );
  for (const bucket of new Set([...sums.keys(), ...stored.keys()])) {
    const [here, there] = [stored.get(bucket), sums.get(bucket)];
    if (here?.orders !== there?.orders || here?.heads !== there?.heads) differing.add(bucket);
  }
  return differing;
};
