export type Lease = {
  /** The coordinator has just confirmed this member. */
  renew(): void;
  isHeld(): boolean;
};

/**
 * Membership as far as this process can know it. The coordinator gives the partitions away one session after the last
 * heartbeat it saw, and a process that was frozen does not notice. So membership counts only for `heldForMs` after the
 * last confirmation, to be chosen shorter than the session; a monotonic clock, since wall clocks step.
 */
export const createLease = (heldForMs: number, now: () => number = () => performance.now()): Lease => {
  let confirmedAt = -Infinity;
  return {
    renew: () => {
      confirmedAt = now();
    },
    isHeld: () => now() - confirmedAt < heldForMs,
  };
};
