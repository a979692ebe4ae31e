import type { Queryable } from '@orderline/postgres';

export type OutboxPartitionOutcome =
  /** Detached, so that nothing can be written to it any more; its WAL position is noted. */
  | 'retired'
  | 'dropped'
  /** Somebody still writes to the outbox, or reads there. */
  | 'held_by_open_transaction'
  /** The slot has not confirmed the position noted at its retirement. */
  | 'held_by_relay'
  | 'held_without_slot';

export type JanitorReport = {
  /** Partitions made ahead of time. */
  readonly made: readonly string[];
  readonly outbox: readonly { readonly partition: string; readonly outcome: OutboxPartitionOutcome }[];
  readonly expiredReceipts: readonly string[];
  /** Default partitions that hold rows: a clock was stepped, or partitions were not made in time. To be alarmed. */
  readonly filledDefaults: readonly string[];
};

/**
 * Makes partitions ahead and drops what is over, by the rules in the orders database's own functions: nothing is ever
 * deleted row by row but the relay's heartbeats, and no outbox partition goes before every logical slot of the database has
 * confirmed all of it. Any number of processes may run it, as often as they like; what cannot be done now is done by a
 * later run, and reported where it is of the outbox.
 */
export const runJanitor = async (queryable: Queryable): Promise<JanitorReport> => {
  const made = await names(queryable, 'SELECT * FROM make_partitions_ahead() AS name');
  const retired = await outcomes(queryable, 'SELECT * FROM retire_outbox_partitions()');
  const dropped = await outcomes(queryable, 'SELECT * FROM drop_relayed_outbox_partitions()');
  const expiredReceipts = await names(queryable, 'SELECT * FROM drop_expired_receipts() AS name');
  await queryable.query('SELECT trim_relay_heartbeats()');
  const filledDefaults = await names(queryable, 'SELECT * FROM filled_default_partitions() AS name');
  return { made, outbox: [...retired, ...dropped], expiredReceipts, filledDefaults };
};

const names = async (queryable: Queryable, sql: string): Promise<string[]> =>
  (await queryable.query<{ name: string }>(sql)).rows.map(({ name }) => name);

const outcomes = async (queryable: Queryable, sql: string): Promise<JanitorReport['outbox'][number][]> =>
  (await queryable.query<JanitorReport['outbox'][number]>(sql)).rows;
