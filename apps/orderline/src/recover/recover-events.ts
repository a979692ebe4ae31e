import { isUnknownEvent, type Decoder } from '@orderline/contracts';
import type { TopicRecord } from '@orderline/kafka';
import { withTransaction, type Pool } from '@orderline/postgres';
import { insertRecovered, type Recovered } from './insert-recovered.ts';

export type RecoveryParts = {
  /** The orders database as its owner. */
  readonly pool: Pool;
  /** The whole topic, each partition in its order. */
  readonly chunks: AsyncIterable<readonly TopicRecord[]>;
  readonly decoder: Decoder;
  readonly dryRun: boolean;
};

/** `unplaced`: versions that the topic knows, but not the one before them. */
export type Recovery = { readonly orders: number; readonly events: number; readonly unplaced: number };

/**
 * Brings back into the event table what the topic knows and the table lacks: after a restore to an earlier moment, the versions
 * that would otherwise be given twice. Nothing goes to the outbox, the topic has it. May be done again; no command may be
 * taken meanwhile. Throws on a record that this build cannot read.
 */
export const recoverEvents = async ({ pool, chunks, decoder, dryRun }: RecoveryParts): Promise<Recovery> => {
  const heads = await readHeads(pool);
  const orders = new Set<string>();
  let [events, unplaced] = [0, 0];
  for await (const chunk of chunks) {
    const lacking: Recovered[] = [];
    for (const record of chunk) {
      const { orderId, version } = placeOf(record);
      const head = heads.get(orderId) ?? 0;
      if (version <= head) continue;
      if (version > head + 1) {
        unplaced += 1;
        continue;
      }
      lacking.push({ event: await read(decoder, record), record });
      heads.set(orderId, version);
      orders.add(orderId);
    }
    events += lacking.length;
    if (!dryRun && lacking.length > 0) await insertAll(pool, lacking);
  }
  return { orders: orders.size, events, unplaced };
};

const readHeads = async (pool: Pool): Promise<Map<string, number>> => {
  const { rows } = await pool.query<{ orderId: string; head: number }>(
    'SELECT order_id AS "orderId", max(version) AS head FROM event GROUP BY order_id',
  );
  return new Map(rows.map(({ orderId, head }) => [orderId, head]));
};

/** Version 0 where the headers say none: such a record is not of the relay's. */
const placeOf = ({ key, headers }: TopicRecord): { orderId: string; version: number } => {
  const version = Number(headers['event-version']);
  return { orderId: key?.toString() ?? '', version: Number.isSafeInteger(version) ? version : 0 };
};

const read = async (decoder: Decoder, { value, partition, offset }: TopicRecord): Promise<Recovered['event']> => {
  const event = value === null ? undefined : await decoder.decode(value);
  if (event === undefined || isUnknownEvent(event)) {
    throw new Error(
      `the record at partition ${partition}, offset ${offset} is of a newer build: recover with that one`,
    );
  }
  return event;
};

const insertAll = (pool: Pool, lacking: readonly Recovered[]): Promise<void> =>
  withTransaction(pool, async (client) => {
    for (const recovered of lacking) {
      if (await insertRecovered(client, recovered)) continue;
      const { orderId, version } = recovered.event;
      throw new Error(`version ${version} of ${orderId} was stored meanwhile: stop order-command first`);
    }
  });
