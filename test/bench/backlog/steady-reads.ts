/** Milliseconds that reads took, by quantile. */
export type Latencies = { readonly p50: number; readonly p99: number; readonly reads: number };

export type SteadyReads = {
  /** What was measured since the last call, or the start. Throws for a read that failed. */
  take(): Latencies;
  stop(): void;
};

/**
 * Reads at a steady rate, whether or not the ones before have been answered; each counts from when it was due, so that a
 * server that stands still is not spared. `paths` are read in turn.
 */
export const startReads = (url: string, paths: readonly string[], perSecond: number): SteadyReads => {
  let latencies: number[] = [];
  let fault: unknown;
  let count = 0;
  const began = performance.now();
  const read = async (dueAt: number, path: string): Promise<void> => {
    try {
      const response = await fetch(url + path);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      latencies.push(performance.now() - dueAt);
    } catch (error) {
      fault ??= error;
    }
  };
  const timer = setInterval(() => {
    for (let dueAt = dueOf(count); dueAt <= performance.now(); dueAt = dueOf(count)) {
      void read(dueAt, paths[count % paths.length] ?? '/');
      count += 1;
    }
  }, 1);
  const dueOf = (nth: number): number => began + (nth * 1_000) / perSecond;
  return {
    take: () => {
      if (fault !== undefined) throw new Error('a read failed', { cause: fault });
      const sorted = latencies.toSorted((a, b) => a - b);
      latencies = [];
      const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
      return { p50: at(0.5), p99: at(0.99), reads: sorted.length };
    },
    stop: () => {
      clearInterval(timer);
    },
  };
};
