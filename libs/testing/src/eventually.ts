type Patience = { withinMs?: number; everyMs?: number };

/**
 * Runs `attempt` until it no longer throws and returns its value; after `withinMs` (default 10 s) the last error is thrown.
 * The way to wait for an asynchronous effect in a spec: no fixed delay, no flag left behind.
 */
export const eventually = async <T>(attempt: () => T | Promise<T>, patience: Patience = {}): Promise<T> => {
  const { withinMs = 10_000, everyMs = 25 } = patience;
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
};
