import type { AppendOutcome, AppendRequest } from '../append-request.ts';
import type { Settled } from './flush.ts';

export type AppenderLimits = {
  /** Flushes under way at once: while one waits for the disk, the next is computed. */
  readonly flushesInFlight: number;
  readonly appendsPerFlush: number;
  /** Payload bytes after which a flush takes no more appends. */
  readonly bytesPerFlush: number;
};

type Waiting = {
  readonly request: AppendRequest;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Group commit: appends that come while others are being flushed share the next flush; one that comes alone is flushed at
 * once. Two appends to one order, or under one receipt key, are never under way together, so that no append waits in the
 * database for another of its own process. (The technique is that of a database's own WAL writer.)
 */
export const createAppender = (
  flush: (requests: readonly AppendRequest[]) => Promise<readonly Settled[]>,
  limits: AppenderLimits,
): ((request: AppendRequest) => Promise<AppendOutcome>) => {
  let queue: Waiting[] = [];
  let inFlight = 0;
  let scheduled = false;
  const busy = new Set<string>();

  const schedule = (): void => {
    if (scheduled || queue.length === 0 || inFlight >= limits.flushesInFlight) return;
    scheduled = true;
    // After this turn's input has been read: what arrived together is flushed together.
    setImmediate(() => {
      scheduled = false;
      const { group, left } = takeGroup(queue, busy, limits);
      queue = left;
      void run(group);
    });
  };

  const run = async (group: readonly Waiting[]): Promise<void> => {
    if (group.length === 0) return;
    inFlight += 1;
    schedule();
    const settled = await flushed(group.map(({ request }) => request));
    inFlight -= 1;
    for (const { request } of group) for (const name of namesOf(request)) busy.delete(name);
    schedule();
    group.forEach(({ resolve, reject }, index) => {
      const one = settled[index];
      if (one?.ok === true) resolve(one.outcome);
      else reject(one?.error ?? new Error('A flush answered for fewer appends than it was given.'));
    });
  };

  const flushed = async (requests: readonly AppendRequest[]): Promise<readonly Settled[]> => {
    try {
      return await flush(requests);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      return requests.map(() => ({ ok: false, error }));
    }
  };

  return (request) =>
    new Promise((resolve, reject) => {
      queue.push({ request, resolve, reject });
      schedule();
    });
};

/** The oldest appends that may go together now; their names are busy from here on. */
const takeGroup = (queue: readonly Waiting[], busy: Set<string>, limits: AppenderLimits) => {
  const group: Waiting[] = [];
  const left: Waiting[] = [];
  let bytes = 0;
  for (const waiting of queue) {
    const full = group.length >= limits.appendsPerFlush || bytes >= limits.bytesPerFlush;
    const names = namesOf(waiting.request);
    if (full || names.some((name) => busy.has(name))) {
      left.push(waiting);
    } else {
      for (const name of names) busy.add(name);
      bytes += bytesOf(waiting.request);
      group.push(waiting);
    }
  }
  return { group, left };
};

/** What two appends under way must not share: an order, a receipt key. */
const namesOf = ({ orderId, receipt }: AppendRequest): string[] =>
  receipt === undefined ? [orderId] : [orderId, `key ${receipt.key}`];

const bytesOf = ({ events }: AppendRequest): number =>
  events.reduce((sum, { outbox }) => sum + outbox.payload.length, 0);
