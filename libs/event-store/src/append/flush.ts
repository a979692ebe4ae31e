import { hasUnknownOutcome, isTransient, runStatement, sqlState, type Pool } from '@orderline/postgres';
import type { AppendOutcome, AppendRequest } from '../append-request.ts';
import { EventStoreError, StreamVersionConflict } from '../event-store-error.ts';
import { appendParameters } from './append-parameters.ts';
import { appendStatement, type AppendRow } from './append-statement.ts';
import { streamVersion } from './stream-version.ts';

export type Settled =
  { readonly ok: true; readonly outcome: AppendOutcome } | { readonly ok: false; readonly error: Error };

/**
 * Appends requests of different orders in one transaction and answers for each, in their order, after its commit. When
 * the database refuses the whole, each is run again alone, so that none fails for its neighbour; not so when the
 * connection was lost: then the whole may have been committed, and running it again would be blind.
 */
export const flush = async (pool: Pool, requests: readonly AppendRequest[]): Promise<readonly Settled[]> => {
  let rows: readonly AppendRow[];
  try {
    rows = await appendTogether(pool, requests);
  } catch (error) {
    if (requests.length === 1 || hasUnknownOutcome(error)) {
      return requests.map(({ orderId }) => ({ ok: false, error: failureOf(orderId, error) }));
    }
    return flushOneByOne(pool, requests);
  }
  const rowOf = new Map(rows.map((row) => [row.orderId, row]));
  return Promise.all(requests.map((request) => settle(pool, request, rowOf.get(request.orderId))));
};

const appendTogether = async (pool: Pool, requests: readonly AppendRequest[]): Promise<AppendRow[]> => {
  // Rows are locked in the order of their ids; given in that order, the server's sort finds nothing to do.
  const sorted = requests.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1));
  const { extent, values } = appendParameters(sorted);
  const { rows } = await runStatement<AppendRow>(pool, { ...appendStatement(extent), values });
  return rows;
};

const flushOneByOne = async (pool: Pool, requests: readonly AppendRequest[]): Promise<Settled[]> => {
  const settled: Settled[] = [];
  for (const request of requests) settled.push(...(await flush(pool, [request])));
  return settled;
};

const settle = async (pool: Pool, request: AppendRequest, row: AppendRow | undefined): Promise<Settled> => {
  const { expectedVersion, events } = request;
  if (row === undefined) return conflict(pool, request);
  if (row.recordedAt !== null) {
    const first = row.recordedAt;
    const recordedAt = events.map((_, index) => first + index);
    return { ok: true, outcome: { outcome: 'appended', version: expectedVersion + events.length, recordedAt } };
  }
  const { key, receiptOrderId, version, status, fingerprint } = row;
  const receipt = { key, orderId: receiptOrderId, version, status, fingerprint };
  return { ok: true, outcome: { outcome: 'receipt_exists', receipt } };
};

/** The winner's version is asked for in a second statement: the lost one may have begun before the winner committed. */
const conflict = async (pool: Pool, { orderId, expectedVersion }: AppendRequest): Promise<Settled> => {
  try {
    const actual = await streamVersion(pool, orderId);
    return { ok: false, error: new StreamVersionConflict(orderId, expectedVersion, actual) };
  } catch (error) {
    return { ok: false, error: failureOf(orderId, error) };
  }
};

// Classes 22 data, 23 integrity constraint, 54 limit of the program: it is the row. Any other fault is ours to mend.
const REFUSED_ROW = /^(22|23|54)/;

const failureOf = (orderId: string, cause: unknown): Error => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (isTransient(cause)) {
    const known = hasUnknownOutcome(cause) ? 'it may or may not have been stored' : 'nothing was stored';
    return new EventStoreError('unavailable', `Order ${orderId}: ${reason}; ${known}.`, cause);
  }
  if (REFUSED_ROW.test(sqlState(cause) ?? '')) {
    return new EventStoreError('refused', `Order ${orderId}: not stored: ${reason}`, cause);
  }
  return cause instanceof Error ? cause : new Error(reason);
};
