import { ContractError } from '@orderline/contracts';
import { EventStoreError, StreamVersionConflict } from '@orderline/event-store';
import { OrderRejected } from '@orderline/ordering';
import { isTransient } from '@orderline/postgres';
import { RequestRefused } from '@orderline/service-host';

/** The database is away; the caller may try again. */
class DatabaseAway extends Error {
  readonly retriable = true;

  constructor(cause: unknown) {
    super('the database did not answer', { cause });
    this.name = 'DatabaseAway';
  }
}

/** What a failed command or read is answered; `version` is the order's, where it is known. */
export const toRefusal = (error: unknown, version?: number): unknown => {
  if (error instanceof OrderRejected) return rejected(error, version);
  if (error instanceof StreamVersionConflict) {
    const detail = 'Other commands kept changing the order. Load it and decide again.';
    return new RequestRefused(409, 'version_conflict', {
      detail,
      members: { currentVersion: error.actual },
      cause: error,
    });
  }
  if (error instanceof ContractError && error.code === 'newer_history') {
    const detail = 'The order was changed by a newer build of this service, which alone may go on with it.';
    return new RequestRefused(503, 'newer_history', { detail, cause: error });
  }
  if (error instanceof EventStoreError && error.code === 'refused') {
    const detail = 'The database cannot hold what the command would record.';
    return new RequestRefused(400, 'invalid_request', { detail, cause: error });
  }
  return isTransient(error) ? new DatabaseAway(error) : error;
};

const rejected = (error: OrderRejected, version: number | undefined): RequestRefused =>
  new RequestRefused(statusOf(error.code), error.code, {
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(error.faults.length > 0 && { errors: [...error.faults] }),
    ...(version !== undefined && { members: { currentVersion: version } }),
    cause: error,
  });

const statusOf = (code: OrderRejected['code']): number => {
  if (code === 'invalid_request') return 400;
  return code === 'order_not_found' || code === 'item_not_found' ? 404 : 409;
};

export const orderNotFound = (): RequestRefused =>
  new RequestRefused(404, 'order_not_found', { detail: 'There is no such order.' });

export const tooBusy = (detail: string): RequestRefused =>
  new RequestRefused(429, 'too_busy', { detail, headers: { 'retry-after': '1' } });
