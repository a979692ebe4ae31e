import type { Pool } from '@orderline/postgres';

/** missing: there is no slot · invalidated: the server gave it up · advanced: it stands beyond what was delivered. */
export type LossKind = 'missing' | 'invalidated' | 'advanced';

/** What was committed between two positions may not be on the topic. Instants in epoch milliseconds. */
export type Loss = {
  readonly kind: LossKind;
  /** The last position known to be delivered; null where nothing tells. */
  readonly after: bigint | null;
  readonly afterTime: number | null;
  /** Where the slot goes on; null while there is none. */
  readonly until: bigint | null;
};
export type OpenLoss = Loss & { readonly seenAt: number };

/** The relay's losses, kept in the orders database so that no restart forgets one; at most one is open. */
export type Losses = {
  readonly open: () => Promise<OpenLoss | undefined>;
  /** Unless one is open: the first sight of it has the range. */
  readonly record: (loss: Loss) => Promise<void>;
  readonly setUntil: (position: bigint) => Promise<void>;
  /** True when one was open. */
  readonly close: () => Promise<boolean>;
};

type Row = Omit<OpenLoss, 'after' | 'until'> & { readonly after: string | null; readonly until: string | null };

export const createLosses = (pool: Pool): Losses => ({
  open: async () => {
    const { rows } = await pool.query<Row>(
      `SELECT kind, (after_position - '0/0')::text AS after, (until_position - '0/0')::text AS until,
         extract(epoch FROM after_time)::float8 * 1000 AS "afterTime", extract(epoch FROM seen_at)::float8 * 1000 AS "seenAt"
       FROM relay_loss WHERE healed_at IS NULL`,
    );
    const [row] = rows;
    return row && { ...row, after: toPosition(row.after), until: toPosition(row.until) };
  },
  record: async ({ kind, after, afterTime, until }) => {
    await pool.query(
      `INSERT INTO relay_loss (kind, after_position, after_time, until_position)
       VALUES ($1, '0/0'::pg_lsn + $2::numeric, to_timestamp($3::float8 / 1000), '0/0'::pg_lsn + $4::numeric)
       ON CONFLICT DO NOTHING`,
      [kind, after?.toString() ?? null, afterTime, until?.toString() ?? null],
    );
  },
  setUntil: async (position) => {
    await pool.query(`UPDATE relay_loss SET until_position = '0/0'::pg_lsn + $1::numeric WHERE healed_at IS NULL`, [
      position.toString(),
    ]);
  },
  close: async () => {
    const { rowCount } = await pool.query('UPDATE relay_loss SET healed_at = now() WHERE healed_at IS NULL');
    return rowCount === 1;
  },
});

const toPosition = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
