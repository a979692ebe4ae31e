/**
 * Aborts where the first signal does, a second time: one Ctrl-C reaches this process twice, from the terminal and by way of the
 * command that started it, so that only a later one is another.
 */
export const toldAgain = (signal: AbortSignal): AbortSignal => {
  const again = new AbortController();
  signal.addEventListener('abort', () => {
    const firstAt = performance.now();
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.on(name, () => {
        if (performance.now() - firstAt > sameMs) again.abort();
      });
    }
  });
  return again.signal;
};

const sameMs = 1_000;
