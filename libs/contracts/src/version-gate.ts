/** What tells an event's place in its order: on the topic the headers `event-version` and `ce_id`, of unknown types too. */
export type Place = { readonly version: number; readonly eventId: string };

export type Verdict =
  /** The very next version of its order. */
  | 'apply'
  /** Applied before; drop it. */
  | 'duplicate'
  /** A version between is missing. Do not apply it, nor anything later of this order, until the missing one is there. */
  | 'gap'
  /** A version that was applied, with another event in it: not what this order's history was. Never apply it. */
  | 'divergence';

/** Judges an event by the last one applied of its order (undefined: none yet). Pure. */
export const judgeVersion = (last: Place | undefined, arrival: Place): Verdict => {
  const reached = last?.version ?? 0;
  if (arrival.version === reached + 1) return 'apply';
  if (arrival.version > reached) return 'gap';
  return arrival.version === reached && arrival.eventId !== last?.eventId ? 'divergence' : 'duplicate';
};

export type VersionGate = {
  /** Judges and, when the verdict is 'apply', remembers the event as the last one of its order. */
  pass(orderId: string, arrival: Place): Verdict;
  /** The last event applied of an order. */
  lastOf(orderId: string): Place | undefined;
};

/**
 * The last version of every order, in memory. Right as long as the consumer reads from the start or is given `applied`,
 * what it had applied before; who writes to a database keeps it there instead, in the transaction of the effect, and asks
 * judgeVersion.
 */
export const createVersionGate = (applied: Iterable<readonly [orderId: string, last: Place]> = []): VersionGate => {
  const last = new Map(applied);
  return {
    pass: (orderId, arrival) => {
      const verdict = judgeVersion(last.get(orderId), arrival);
      if (verdict === 'apply') last.set(orderId, { version: arrival.version, eventId: arrival.eventId });
      return verdict;
    },
    lastOf: (orderId) => last.get(orderId),
  };
};
