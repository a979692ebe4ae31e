import { query } from '../invariants/query.ts';

/** A digest of each table, so that two moments can be compared; partitions are in the tables they are of. */
export const digestTables = async (databaseUrl: string): Promise<Record<string, string>> => {
  const tables = await query<{ name: string }>(
    databaseUrl,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await query<{ digest: string }>(
      databaseUrl,
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') AS digest FROM ${name} t`,
    );
    digests[name] = row?.digest ?? '';
  }
  return digests;
};
