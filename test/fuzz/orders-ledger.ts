import { query } from '../invariants/query.ts';
import type { Asked } from './fuzz-run.ts';

/** What an orders database holds, so that two moments can be compared. */
export type Ledger = {
  readonly orders: ReadonlyMap<string, { readonly head: number; readonly digest: string }>;
  readonly receipts: ReadonlySet<string>;
  /** One for each event, and those that were sent again. */
  readonly records: number;
  readonly recordsAgain: number;
  readonly snapshots: string;
};

export const readLedger = async (databaseUrl: string): Promise<Ledger> => {
  const orders = await query<{ id: string; head: number; digest: string }>(
    databaseUrl,
    `SELECT order_id AS id, max(version) AS head, md5(string_agg(event::text, ' ' ORDER BY version)) AS digest FROM event GROUP BY 1`,
  );
  const receipts = await query<{ receipt: string }>(databaseUrl, 'SELECT receipt::text FROM receipt');
  const [rest] = await query<Pick<Ledger, 'records' | 'recordsAgain' | 'snapshots'>>(
    databaseUrl,
    `SELECT (SELECT count(DISTINCT event_id)::integer FROM outbox) AS records,
       (SELECT (count(*) - count(DISTINCT event_id))::integer FROM outbox) AS "recordsAgain",
       (SELECT coalesce(md5(string_agg(s::text, ' ' ORDER BY s::text)), '') FROM snapshot s) AS snapshots`,
  );
  return {
    orders: new Map(orders.map(({ id, head, digest }) => [id, { head, digest }])),
    receipts: new Set(receipts.map(({ receipt }) => receipt)),
    records: rest?.records ?? 0,
    recordsAgain: rest?.recordsAgain ?? 0,
    snapshots: rest?.snapshots ?? '',
  };
};

const isTaken = ({ asked, answer }: Asked): boolean => asked.method !== 'GET' && answer.status < 300;
const isRepublish = ({ asked }: Asked): boolean => asked.operation?.path.endsWith('/republish') ?? false;
const isChange = (answer: Asked): boolean => isTaken(answer) && !isRepublish(answer);

/** Everything that the requests answered since `before` do not account for. */
export const unaccounted = (before: Ledger, after: Ledger, answers: readonly Asked[]): string[] => {
  const told = new Map<string, number>();
  for (const { answer } of answers.filter(isChange)) {
    const { orderId, version } = JSON.parse(answer.body.toString()) as { orderId: string; version: number };
    told.set(orderId, Math.max(version, told.get(orderId) ?? 0));
  }
  const keys = answers
    .filter(isChange)
    .filter(({ asked }) => asked.headers.some(([name]) => name === 'Idempotency-Key'));
  const changed = [...after.orders].filter(([id, { digest }]) => before.orders.get(id)?.digest !== digest);
  const faults = changed
    .filter(([id, { head }]) => head !== told.get(id))
    .map(([, { head }]) => `an order came to version ${head}, which no answer tells`);
  if (after.receipts.size - before.receipts.size > keys.length)
    faults.push('there are receipts of requests that were refused');
  const events = eventsIn(after) - eventsIn(before);
  const records = after.records - before.records;
  if (records !== events) faults.push(`${events} events and ${records} records for the topic were added`);
  // One that meets new events begins again, so that it may send more than it tells of.
  const again = after.recordsAgain - before.recordsAgain;
  if (again < sentAgain(answers) || (again > 0 && !answers.some(isRepublish)))
    faults.push(`${again} records were added again`);
  return faults;
};

/** Records that a republish puts into the outbox beside those of new events. */
const sentAgain = (answers: readonly Asked[]): number =>
  answers
    .filter((answer) => isTaken(answer) && isRepublish(answer))
    .map(({ answer }) => JSON.parse(answer.body.toString()) as { records: number; dryRun: boolean })
    .reduce((sum, { records, dryRun }) => (dryRun ? sum : sum + records), 0);

const eventsIn = ({ orders }: Ledger): number => [...orders.values()].reduce((sum, { head }) => sum + head, 0);

/** Histories with a gap, a broken hash or without their outbox row; empty where all are lawful. */
export const unlawful = (databaseUrl: string): Promise<{ what: string; times: number }[]> =>
  query(
    databaseUrl,
    `WITH found (what) AS (
       SELECT 'a gap' FROM event GROUP BY order_id HAVING max(version) <> count(*) OR min(version) <> 1
       UNION ALL
       SELECT 'a hash that does not fit' FROM (
         SELECT e, e.hash, lag(e.hash) OVER (PARTITION BY order_id ORDER BY version) AS previous FROM event e) chained
         WHERE event_hash(previous, e) <> hash
       UNION ALL
       SELECT 'an event without its record, or a record without its event' FROM event FULL JOIN outbox USING (event_id)
         WHERE order_id IS NULL OR outbox.payload IS NULL)
     SELECT what, count(*)::integer AS times FROM found GROUP BY what`,
  );
