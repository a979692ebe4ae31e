import { onTestFinished } from 'vitest';
import { query } from '../invariants/query.ts';
import { databaseUrlOf } from '../invariants/projectors.ts';

type Row = Record<string, unknown>;

/**
 * Changes rows of a table behind everybody's back, as its owner could, and puts them back as they were when the test is over.
 * `where` names the rows before, and `added` those that are to go afterwards.
 */
export const plant = async (
  { database, table, where }: { database: string; table: string; where: string },
  change: string,
): Promise<void> => {
  const url = databaseUrlOf(database);
  const quiet = table === 'event' ? 'ALTER TABLE event DISABLE TRIGGER event_rows_stay;' : '';
  const loud = table === 'event' ? 'ALTER TABLE event ENABLE ALWAYS TRIGGER event_rows_stay;' : '';
  const before = await query<{ row: Row }>(url, `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${where}`);
  onTestFinished(async () => {
    const rows = JSON.stringify(before.map(({ row }) => row)).replaceAll("'", "''");
    await query(
      url,
      `BEGIN; ${quiet} DELETE FROM ${table} WHERE ${where};
       INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, '${rows}'); ${loud} COMMIT`,
    );
  });
  await query(url, `BEGIN; ${quiet} ${change}; ${loud} COMMIT`);
};
