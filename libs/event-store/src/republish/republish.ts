import { withTransaction, type Pool, type PoolClient } from '@orderline/postgres';
import type { OutboxMessage } from '../append-request.ts';
import { StreamVersionConflict } from '../event-store-error.ts';
import { readEvents } from '../reading/read-events.ts';
import type { StoredEvent } from '../stored-event.ts';
import { insertAgain } from './insert-again.ts';

export type RepublishRequest = {
  readonly orderId: string;
  /** 1 or more; up to the order's head. */
  readonly fromVersion: number;
  /** The event as the topic's present form has it. */
  readonly message: (event: StoredEvent) => OutboxMessage;
  /** Makes the messages and writes nothing. */
  readonly dryRun: boolean;
};

/** `toVersion` is the order's head, below `fromVersion` when there was nothing to send; `records` how many it sent at last. */
export type Republished = { readonly toVersion: number; readonly records: number };

const chunk = 500;
const mostTries = 5;

/**
 * Writes the outbox rows of an order again, from `fromVersion` to its head, in version order and in one transaction: same event
 * ids, same times, so that a consumer sheds what it has. When the head moved meanwhile it is done once more, since the
 * newer event may have come to the topic before these: only then do they stand there in order up to the head.
 * Throws StreamVersionConflict when the head keeps moving, and whatever `message` throws.
 */
export const republish = async (pool: Pool, request: RepublishRequest): Promise<Republished> => {
  const { orderId, fromVersion, dryRun } = request;
  let sent: Republished | undefined;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    sent = await withTransaction(pool, (client) => sendAll(client, request));
    const actual = await headOf(pool, orderId);
    if (dryRun || sent.toVersion < fromVersion || actual === sent.toVersion) return sent;
  }
  throw new StreamVersionConflict(orderId, sent?.toVersion ?? 0, await headOf(pool, orderId));
};

const sendAll = async (client: PoolClient, request: RepublishRequest): Promise<Republished> => {
  const { orderId, fromVersion, message, dryRun } = request;
  // Held to the end: no partition is detached between being looked for and being written to.
  if (!dryRun) await client.query('LOCK TABLE outbox IN ROW EXCLUSIVE MODE');
  for (let after = fromVersion - 1, records = 0; ;) {
    const events = await readEvents(client, orderId, after, chunk);
    if (dryRun) events.forEach((event) => message(event));
    else if (events.length > 0) await insertAgain(client, events, request.message);
    after = events.at(-1)?.version ?? after;
    records += events.length;
    if (events.length < chunk) return { toVersion: records > 0 ? after : await headOf(client, orderId), records };
  }
};

const headOf = async (client: Pick<Pool, 'query'> | PoolClient, orderId: string): Promise<number> => {
  const { rows } = await client.query<{ head: number }>(
    'SELECT coalesce(max(version), 0)::int AS head FROM event WHERE order_id = $1',
    [orderId],
  );
  return rows[0]?.head ?? 0;
};
