import type { Pool } from '@orderline/postgres';

export type SlotState = {
  /** Somebody streams from it. */
  readonly active: boolean;
  readonly walStatus: 'reserved' | 'extended' | 'unreserved' | 'lost' | null;
  /** Why the server gave it up. */
  readonly invalidation: string | null;
  /** All before it is delivered and will not be sent again. */
  readonly confirmed: bigint | null;
  /** Bytes of WAL that the server keeps for it. */
  readonly retainedBytes: number;
  /** Bytes of WAL that it has not confirmed. */
  readonly lagBytes: number;
  /** `max_slot_wal_keep_size`; null: unbounded. */
  readonly limitBytes: number | null;
};

/** One logical replication slot of the database. */
export type Slot = {
  /** Undefined where there is none. */
  readonly read: () => Promise<SlotState | undefined>;
  /** Fails where it is in use. */
  readonly drop: () => Promise<void>;
  /** From the present end of the WAL on. */
  readonly make: () => Promise<void>;
};

type Row = Omit<SlotState, 'confirmed'> & { readonly there: boolean; readonly confirmed: string | null };

const statement = `
SELECT s.slot_name IS NOT NULL AS there, s.active, s.wal_status AS "walStatus",
  coalesce(s.invalidation_reason, CASE WHEN s.wal_status = 'lost' THEN 'wal_removed' END) AS invalidation,
  (s.confirmed_flush_lsn - '0/0')::text AS confirmed,
  coalesce(pg_current_wal_lsn() - s.restart_lsn, 0)::float8 AS "retainedBytes",
  coalesce(pg_current_wal_lsn() - s.confirmed_flush_lsn, 0)::float8 AS "lagBytes",
  nullif(pg_size_bytes(current_setting('max_slot_wal_keep_size')), -1)::float8 AS "limitBytes"
FROM (SELECT) AS one LEFT JOIN pg_replication_slots s ON s.slot_name = $1 AND s.database = current_database()`;

export const createSlot = (pool: Pool, name: string): Slot => ({
  read: async () => {
    const { rows } = await pool.query<Row>(statement, [name]);
    const [row] = rows;
    if (row?.there !== true) return undefined;
    const { active, walStatus, invalidation, confirmed, retainedBytes, lagBytes, limitBytes } = row;
    return {
      ...{ active, walStatus, invalidation, retainedBytes, lagBytes, limitBytes },
      confirmed: confirmed === null ? null : BigInt(confirmed),
    };
  },
  drop: async () => {
    await pool.query('SELECT pg_drop_replication_slot($1)', [name]);
  },
  make: async () => {
    await pool.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [name]);
  },
});
