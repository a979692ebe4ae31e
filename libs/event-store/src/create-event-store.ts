import { isTransient, type Pool } from '@orderline/postgres';
import { createAppender, type AppenderLimits } from './append/appender.ts';
import { checkRequest } from './append/check-request.ts';
import { flush } from './append/flush.ts';
import { EventStoreError } from './event-store-error.ts';
import type { EventStore, PointInHistory } from './event-store.ts';
import { findReceipt } from './reading/find-receipt.ts';
import { loadStream, theEnd, type Until } from './reading/load-stream.ts';
import { readEvents } from './reading/read-events.ts';
import { republish } from './republish/republish.ts';

/**
 * Chosen by measuring 1 to 4 flushes of at most 32 or 64 appends on two cores: fewer flushes leave a few callers waiting for
 * the disk, more of them make the groups of many callers small.
 */
const measuredLimits: AppenderLimits = { flushesInFlight: 3, appendsPerFlush: 32, bytesPerFlush: 1_048_576 };

/** Server settings that the pool of an event store needs: a plan per call would cost more than the call. */
export const eventStoreSession = { plan_cache_mode: 'force_generic_plan' } as const;

/**
 * An event store on the tables of the orders database. `pool` is the caller's to end; it needs `flushesInFlight`
 * connections for appends, the rest serve reads.
 */
export const createEventStore = (pool: Pool, limits: Partial<AppenderLimits> = {}): EventStore => {
  const append = createAppender((requests) => flush(pool, requests), { ...measuredLimits, ...limits });
  return {
    append: async (request) => {
      checkRequest(request);
      return append(request);
    },
    load: (orderId, options) => reading(loadStream(pool, orderId, options?.snapshotFingerprint, theEnd)),
    loadAt: (orderId, point, options) =>
      reading(loadStream(pool, orderId, options?.snapshotFingerprint, untilOf(point))),
    readEvents: (orderId, after, limit) => reading(readEvents(pool, orderId, after, limit)),
    republish: (request) => reading(republish(pool, request)),
    findReceipt: (key) => reading(findReceipt(pool, key)),
  };
};

const untilOf = (point: PointInHistory): Until => ({ ...theEnd, ...point });

/** A database that is away has one name on every path; a mistake stays what it is. */
const reading = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (cause) {
    if (!isTransient(cause)) throw cause;
    throw new EventStoreError('unavailable', 'The event store cannot be read now.', cause);
  }
};
