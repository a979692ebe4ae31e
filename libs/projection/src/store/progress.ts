import type { Queryable } from '@orderline/postgres';
import { prepared } from './statement.ts';

export type Progress = {
  readonly generation: number;
  readonly partition: number;
  readonly nextOffset: bigint;
  readonly lastRecordedAt: Date | null;
  readonly applied: number;
  readonly duplicates: number;
};

/** How far every generation has come in every partition, by whichever instance. */
export const readProgress = async (client: Queryable): Promise<Progress[]> => {
  const { rows } = await client.query<Record<'nextOffset' | 'applied' | 'duplicates', string> & Progress>(
    prepared(
      `SELECT generation, partition, next_offset AS "nextOffset", last_recorded_at AS "lastRecordedAt", applied, duplicates
       FROM projection_checkpoint ORDER BY generation, partition`,
      [],
    ),
  );
  return rows.map((row) => ({
    ...row,
    nextOffset: BigInt(row.nextOffset),
    applied: Number(row.applied),
    duplicates: Number(row.duplicates),
  }));
};
