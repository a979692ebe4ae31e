import type { LoadReport } from '@orderline/load';
import { query } from '../invariants/query.ts';

type Head = { order_id: string; head: number; events: number };

/**
 * What clients were promised and the event table does not hold; and, once no command follows, what it holds that nobody was
 * told of. Orders with a command that was never answered are judged by their promises alone.
 */
export const brokenPromises = async (
  ordersUrl: string,
  { accepted, unsettled, isOver }: Pick<LoadReport, 'accepted' | 'unsettled' | 'isOver'>,
): Promise<string[]> => {
  const heads = await query<Head>(
    ordersUrl,
    'SELECT order_id, max(version) AS head, count(*)::integer AS events FROM event GROUP BY order_id',
  );
  const stored = new Map(heads.map((row) => [row.order_id, row]));
  return [...accepted].flatMap(([orderId, version]) => {
    const row = stored.get(orderId);
    const head = row?.head ?? 0;
    if (head < version) return [`${orderId} was promised at version ${version} and is stored up to ${head}`];
    if (row !== undefined && row.events !== head) return [`${orderId} has ${row.events} events up to version ${head}`];
    if (head > version && isOver && !unsettled.has(orderId))
      return [`${orderId} is stored up to ${head}, though its last command was answered with ${version}`];
    return [];
  });
};
