/** Milliseconds before try `attempt` (from 0): doubling from 50 to at most 5,000, half of it by chance. */
export const backOff = (attempt: number, chance: number): number => {
  const longest = Math.min(5_000, 50 * 2 ** Math.min(attempt, 10));
  return Math.round(longest / 2 + (longest / 2) * chance);
};

/** Resolves after `ms`, or at once when `signal` is aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
