import type { Queryable } from '@orderline/postgres';
import { nearestStorable } from './instant.ts';
import { prepared } from './statement.ts';

export type Checkpoint = {
  readonly generation: number;
  readonly partition: number;
  readonly clusterId: string;
  readonly nextOffset: bigint;
  /** The last record taken in; null before the first. */
  readonly lastOffset: bigint | null;
  readonly lastEventId: string | null;
};

/** Makes the checkpoints that are not there yet, at the start of the log, and answers all of them. */
export const openCheckpoints = async (
  client: Queryable,
  generations: readonly number[],
  { partitions, clusterId }: { partitions: readonly number[]; clusterId: string },
): Promise<Checkpoint[]> => {
  await client.query(
    `INSERT INTO projection_checkpoint (generation, partition, cluster_id, next_offset)
     SELECT generation, partition, $3, 0 FROM unnest($1::integer[]) AS generation, unnest($2::integer[]) AS partition
     ON CONFLICT (generation, partition) DO NOTHING`,
    [generations, partitions, clusterId],
  );
  const { rows } = await client.query<Record<keyof Checkpoint, string | number | null>>(
    `SELECT generation, partition, cluster_id AS "clusterId", next_offset AS "nextOffset", last_offset AS "lastOffset",
       last_event_id AS "lastEventId"
     FROM projection_checkpoint WHERE generation = ANY ($1::integer[]) AND partition = ANY ($2::integer[])
     ORDER BY generation, partition`,
    [generations, partitions],
  );
  return rows.map((row) => ({
    generation: row.generation as number,
    partition: row.partition as number,
    clusterId: row.clusterId as string,
    nextOffset: BigInt(row.nextOffset as string),
    lastOffset: row.lastOffset === null ? null : BigInt(row.lastOffset),
    lastEventId: row.lastEventId as string | null,
  }));
};

export type HeldCheckpoint = {
  readonly partition: number;
  readonly nextOffset: bigint;
  readonly holdAt: bigint | null;
};

/**
 * Holds these checkpoints until the transaction ends, in one order for everybody: from here on nobody else applies
 * records of these partitions to these generations. `holdAt` is the offset that no batch may pass for now.
 */
export const holdCheckpoints = async (
  client: Queryable,
  generations: readonly number[],
  partitions: readonly number[],
): Promise<Map<number, HeldCheckpoint[]>> => {
  const { rows } = await client.query<[number, number, string, string | null]>({
    ...prepared(
      `SELECT generation, partition, next_offset, CASE WHEN hold_until > clock_timestamp() THEN hold_at END
       FROM projection_checkpoint WHERE generation = ANY ($1::integer[]) AND partition = ANY ($2::integer[])
       ORDER BY generation, partition FOR UPDATE`,
      [`{${generations.join(',')}}`, `{${partitions.join(',')}}`],
    ),
    rowMode: 'array',
  });
  const held = new Map<number, HeldCheckpoint[]>();
  for (const [generation, partition, nextOffset, holdAt] of rows) {
    const checkpoint = { partition, nextOffset: BigInt(nextOffset), holdAt: holdAt === null ? null : BigInt(holdAt) };
    const ofGeneration = held.get(generation);
    if (ofGeneration === undefined) held.set(generation, [checkpoint]);
    else ofGeneration.push(checkpoint);
  }
  return held;
};

export type CheckpointMove = {
  readonly generation: number;
  readonly partition: number;
  readonly nextOffset: bigint;
  /** The event id only where it is a UUID: any other text of a header may be one that no column holds. */
  readonly last: { readonly offset: bigint; readonly eventId: string | null; readonly recordedAt: number } | undefined;
  readonly applied: number;
  readonly duplicates: number;
};

/** Moves held checkpoints; the counters of a batch are added to. */
export const moveCheckpoints = async (client: Queryable, moves: readonly CheckpointMove[]): Promise<void> => {
  const list = (of: (move: CheckpointMove) => string | number | bigint | null | undefined): string =>
    `{${moves.map((move) => of(move) ?? 'NULL').join(',')}}`;
  await client.query(
    prepared(
      `UPDATE projection_checkpoint c SET next_offset = m.next_offset, last_offset = coalesce(m.last_offset, c.last_offset),
         last_event_id = CASE WHEN m.last_offset IS NULL THEN c.last_event_id ELSE m.last_event_id END,
         last_recorded_at = coalesce(to_timestamp(m.recorded_ms / 1000.0), c.last_recorded_at),
         applied = c.applied + m.applied, duplicates = c.duplicates + m.duplicates
       FROM unnest($1::integer[], $2::integer[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[])
         AS m (generation, partition, next_offset, last_offset, last_event_id, recorded_ms, applied, duplicates)
       WHERE c.generation = m.generation AND c.partition = m.partition`,
      [
        list((move) => move.generation),
        list((move) => move.partition),
        list((move) => move.nextOffset),
        list((move) => move.last?.offset),
        list((move) => move.last?.eventId),
        list((move) => move.last && nearestStorable(move.last.recordedAt)),
        list((move) => move.applied),
        list((move) => move.duplicates),
      ],
    ),
  );
};
