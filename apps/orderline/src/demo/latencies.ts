export type Quantiles = { p50: number; p99: number };

/** Collects milliseconds per hop; quantiles by nearest rank, one decimal. */
export const createLatencies = () => {
  const samples = new Map<string, number[]>();
  return {
    add: (hop: string, milliseconds: number): void => {
      const list = samples.get(hop);
      if (list) list.push(milliseconds);
      else samples.set(hop, [milliseconds]);
    },
    quantiles: (): Record<string, Quantiles> =>
      Object.fromEntries([...samples].map(([hop, list]) => [hop, { p50: rank(list, 0.5), p99: rank(list, 0.99) }])),
  };
};

export type Latencies = ReturnType<typeof createLatencies>;

const rank = (list: number[], quantile: number): number => {
  const sorted = list.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? 0;
  return Math.round(value * 10) / 10;
};
