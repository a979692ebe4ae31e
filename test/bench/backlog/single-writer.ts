import type { TopicRecord } from '@orderline/kafka';
import type { PoolClient } from '@orderline/postgres';
import type { Column, Json, Projection, Recorded, Row } from '@orderline/projection';

type Write = (event: Recorded, record: TopicRecord) => Promise<void>;
type Target = { readonly projection: Projection; readonly generation: number };
type Gate = { version: number; memory: Json | undefined };

/** Begins a generation of each projection and answers what writes one event to all of them, in a transaction of its own. */
export const singleWriter = async (client: PoolClient, projections: readonly Projection[]): Promise<Write> => {
  await client.query('SET synchronous_commit = off');
  const targets: Target[] = [];
  for (const projection of projections) {
    const { name, version, table } = projection;
    const { rows } = await client.query<{ generation: number }>(
      'SELECT begin_generation($1, $2, $3, $4, $5) AS generation',
      [name, version, table.name, 'serving', 'main'],
    );
    targets.push({ projection, generation: rows[0]?.generation ?? 0 });
  }
  return async (event, record) => {
    await client.query('BEGIN');
    for (const target of targets) await writeEvent(client, target, event);
    await prepared(client, 'checkpoint', checkpoint, [
      targets.map(({ generation }) => generation),
      record.partition,
      String(record.offset + 1n),
    ]);
    await client.query('COMMIT');
  };
};

const checkpoint = `INSERT INTO projection_checkpoint (generation, partition, cluster_id, next_offset)
  SELECT generation, $2::integer, '', $3::bigint FROM unnest($1::integer[]) generation
  ON CONFLICT (generation, partition) DO UPDATE SET next_offset = EXCLUDED.next_offset, applied = projection_checkpoint.applied + 1`;

const writeEvent = async (client: PoolClient, target: Target, event: Recorded): Promise<void> => {
  const { projection, generation } = target;
  const gate = await readGate(client, generation, event);
  if (event.version !== gate.version + 1) throw new Error('an event is out of order');
  const memory = projection.kind === 'deltas' ? (projection.remember?.(gate.memory, event) ?? null) : null;
  if (projection.kind === 'fold') await writeFold(client, target, event);
  else for (const delta of projection.deltasOf(event, gate.memory)) await add(client, target, delta);
  await prepared(client, `gate ${generation}`, saveGate(generation), [
    event.orderId,
    event.version,
    event.eventId,
    memory === null ? null : JSON.stringify(memory),
  ]);
};

const readGate = async (client: PoolClient, generation: number, { orderId }: Recorded): Promise<Gate> => {
  const text = `SELECT version, memory FROM projection_order WHERE generation = ${generation} AND order_id = $1`;
  const rows = (await prepared(client, `version ${generation}`, text, [orderId])) as Gate[];
  const [gate] = rows;
  return { version: gate?.version ?? 0, memory: gate?.memory ?? undefined };
};

const saveGate = (generation: number): string =>
  `INSERT INTO projection_order (generation, order_id, version, event_id, memory) VALUES (${generation}, $1, $2, $3, $4)
   ON CONFLICT (generation, order_id) DO UPDATE SET version = EXCLUDED.version, event_id = EXCLUDED.event_id,
     memory = EXCLUDED.memory, applied_at = now()`;

const writeFold = async (client: PoolClient, target: Target, event: Recorded): Promise<void> => {
  const { projection, generation } = target;
  if (projection.kind !== 'fold') return;
  const { table } = projection;
  const where = table.key.map((field, at) => `${columnName(field)} = $${at + 1}`).join(' AND ');
  for (const key of projection.keysOf(event)) {
    const select = `SELECT ${Object.keys(table.columns)
      .map((field) => read(field, table.columns[field]))
      .join(', ')}
      FROM ${table.name} WHERE generation = ${generation} AND ${where}`;
    const [before] = (await prepared(client, `row ${generation}`, select, [...key])) as Row[];
    const row = projection.fold(before, event, key);
    if (row === before) continue;
    if (row === undefined) {
      const gone = `DELETE FROM ${table.name} WHERE generation = ${generation} AND ${where}`;
      await prepared(client, `delete ${generation}`, gone, [...key]);
    } else await upsert(client, target, row, (name) => `EXCLUDED.${name}`);
  }
};

const add = (client: PoolClient, target: Target, delta: Row): Promise<void> => {
  const { table } = target.projection;
  const zero = Object.fromEntries(Object.keys(table.columns).map((field) => [field, 0]));
  return upsert(client, target, { ...zero, ...delta }, (name) => `${table.name}.${name} + EXCLUDED.${name}`);
};

const upsert = async (
  client: PoolClient,
  { projection: { table }, generation }: Target,
  row: Row,
  set: (column: string) => string,
): Promise<void> => {
  const fields = Object.keys(table.columns);
  const others = fields.filter((field) => !table.key.includes(field)).map(columnName);
  const text = `INSERT INTO ${table.name} (generation, ${fields.map(columnName).join(', ')})
    VALUES (${generation}, ${fields.map((field, at) => write(`$${at + 1}`, table.columns[field])).join(', ')})
    ON CONFLICT (generation, ${table.key.map(columnName).join(', ')})
    DO UPDATE SET ${others.map((name) => `${name} = ${set(name)}`).join(', ')}`;
  await prepared(
    client,
    `write ${generation}`,
    text,
    fields.map((field) => row[field]),
  );
};

const prepared = async (client: PoolClient, name: string, text: string, values: unknown[]): Promise<unknown[]> =>
  (await client.query<Record<string, unknown>>({ name, text, values })).rows;

const columnName = (field: string): string => field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
const read = (field: string, column: Column | undefined): string => {
  const name = columnName(field);
  if (column?.startsWith('timestamptz') === true) return `(extract(epoch FROM ${name}) * 1000)::float8 AS "${field}"`;
  if (column === 'bigint') return `${name}::float8 AS "${field}"`;
  return column?.startsWith('date') === true ? `${name}::text AS "${field}"` : `${name} AS "${field}"`;
};
const write = (parameter: string, column: Column | undefined): string =>
  column?.startsWith('timestamptz') === true ? `to_timestamp(${parameter}::float8 / 1000)` : parameter;
