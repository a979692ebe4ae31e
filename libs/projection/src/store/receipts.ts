import type { Queryable } from '@orderline/postgres';
import type { GenerationState } from './generations.ts';
import { prepared } from './statement.ts';

/** How far one generation has come with one order. */
export type Receipt = {
  readonly projection: string;
  readonly generation: number;
  readonly state: GenerationState;
  /** The last version applied; 0 where there is none. */
  readonly version: number;
  /** When that was; null where there is none. */
  readonly appliedAt: Date | null;
  /** Whether its later events wait behind one that could not be applied. */
  readonly parked: boolean;
};

/** Of every generation, also of those that have not seen the order: a look-up by key in each. */
export const readReceipts = async (client: Queryable, orderId: string): Promise<Receipt[]> => {
  const { rows } = await client.query<Receipt>(
    prepared(
      `SELECT g.projection, g.generation, g.state, coalesce(o.version, 0) AS version,
         CASE WHEN o.version > 0 THEN o.applied_at END AS "appliedAt", coalesce(o.parked, false) AS parked
       FROM projection_generation g LEFT JOIN LATERAL (
         SELECT version, applied_at, parked FROM projection_order
         WHERE generation = g.generation AND order_id = $1::uuid OFFSET 0) o ON true
       ORDER BY g.projection, g.generation`,
      [orderId],
    ),
  );
  return rows;
};
