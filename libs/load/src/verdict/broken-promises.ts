import { createPool } from '@orderline/postgres';
import type { LoadReport } from '../traffic/tally.ts';

/** What clients were told, and the event table does not bear out. */
export type BrokenPromise = {
  readonly orderId: string;
  readonly version: number;
  /** lost: promised and not stored, or with a gap below · doubled: stored, and no answer said so. */
  readonly kind: 'lost' | 'doubled';
  readonly what: string;
};

type Head = { order_id: string; head: number; events: number };
type Promises = Pick<LoadReport, 'accepted' | 'unsettled' | 'isOver'>;

/**
 * What clients were promised and the event table does not hold; and, once no command follows, what it holds that nobody was
 * told of. Orders with a command that was never answered are judged by their promises alone.
 */
export const brokenPromises = async (databaseUrl: string, promises: Promises): Promise<BrokenPromise[]> => {
  const pool = createPool({ databaseUrl, applicationName: 'orderline load', max: 1 });
  try {
    const { rows } = await pool.query<Head>(
      'SELECT order_id, max(version) AS head, count(*)::integer AS events FROM event GROUP BY order_id',
    );
    return heldTo(new Map(rows.map((row) => [row.order_id, row])), promises);
  } finally {
    await pool.end();
  }
};

const heldTo = (stored: ReadonlyMap<string, Head>, { accepted, unsettled, isOver }: Promises): BrokenPromise[] =>
  [...accepted].flatMap(([orderId, version]): BrokenPromise[] => {
    const { head = 0, events = 0 } = stored.get(orderId) ?? {};
    const broken = (kind: BrokenPromise['kind'], what: string): BrokenPromise[] => [{ orderId, version, kind, what }];
    if (head < version) return broken('lost', `promised at version ${version} and stored up to ${head}`);
    if (events !== head) return broken('lost', `${events} events up to version ${head}`);
    if (head > version && isOver && !unsettled.has(orderId))
      return broken('doubled', `stored up to ${head}, though its last command was answered with ${version}`);
    return [];
  });
