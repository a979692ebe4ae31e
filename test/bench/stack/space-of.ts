import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrl, stackApps, type Stack } from '@orderline/local-stack';
import { topicName } from '@orderline/contracts';
import { createPool } from '@orderline/postgres';

/** What lies where, in bytes; `events` are those of the event table. */
export type Space = { readonly events: number; readonly bytes: Readonly<Record<string, number>> };

/** The event store, the log of the server, the topic and each read model of a native stack. */
export const spaceOf = async ({ addresses, folder }: Stack): Promise<Space> => {
  const [orders] = await ask(
    databaseUrl(addresses, 'orders'),
    `SELECT (SELECT count(*) FROM event)::float8 AS events, total('event') AS event, total('outbox') AS outbox,
       total('receipt') AS receipt, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS wal`,
  );
  const { events = 0, event = 0, outbox = 0, receipt = 0, wal = 0 } = orders ?? {};
  const readModels = stackApps.filter((app) => app.kind === 'projector');
  const sizes = readModels.map(async ({ name, database }): Promise<[string, number]> => {
    const [row] = await ask(
      databaseUrl(addresses, database),
      'SELECT pg_database_size(current_database())::float8 AS size',
    );
    return [name, row?.['size'] ?? 0];
  });
  return {
    events,
    bytes: {
      'event table with its index': event,
      'outbox, for two days': outbox,
      'receipts, for three days': receipt,
      'log of the server (WAL)': wal,
      'the topic, one copy': topicBytes(join(folder.data('kafka'), 'log')),
      ...Object.fromEntries(await Promise.all(sizes)),
    },
  };
};

/** Bytes of each that an event has added. */
export const spacePerEvent = (before: Space, after: Space): Record<string, number[]> => {
  const events = after.events - before.events;
  const added = Object.entries(after.bytes).map(([name, bytes]): [string, number[]] => [
    name,
    [(bytes - (before.bytes[name] ?? 0)) / events],
  ]);
  return Object.fromEntries(added);
};

const ask = async (url: string, text: string): Promise<Record<string, number>[]> => {
  const pool = createPool({ databaseUrl: url, applicationName: 'stack bench', max: 1 });
  // Of a partitioned table, what its partitions take.
  const total = (_: string, table: string): string =>
    `(SELECT sum(pg_total_relation_size(inhrelid))::float8 FROM pg_inherits WHERE inhparent = '${table}'::regclass)`;
  try {
    return (await pool.query<Record<string, number>>(text.replaceAll(/total\('(\w+)'\)/gu, total))).rows;
  } finally {
    await pool.end();
  }
};

const topicBytes = (folder: string): number => {
  const partitions = readdirSync(folder).filter((name) => name.startsWith(`${topicName}-`));
  const logs = partitions.flatMap((partition) =>
    readdirSync(join(folder, partition))
      .filter((name) => name.endsWith('.log'))
      .map((name) => statSync(join(folder, partition, name)).size),
  );
  return logs.reduce((sum, size) => sum + size, 0);
};
