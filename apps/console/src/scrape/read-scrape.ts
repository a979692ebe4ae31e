/** Observations up to each edge, the edges ascending and the last one infinite. */
export type Buckets = ReadonlyMap<number, number>;

/** What one scrape of an app told at `at` (epoch milliseconds), added up over labels. */
export type Scrape = {
  readonly at: number;
  readonly figures: ReadonlyMap<string, number>;
  readonly histograms: ReadonlyMap<string, Buckets>;
};

const sample = /^(orderline_\w+)(?:\{(.*)\})? (\S+)$/gmu;
const edge = /(?:^|,)le="([^"]+)"/u;

/** Reads the project's own metrics from Prometheus's text format; those of the process are passed over. */
export const readScrape = (text: string, at: number): Scrape => {
  const figures = new Map<string, number>();
  const histograms = new Map<string, Map<number, number>>();
  for (const [, name = '', labels = '', given = ''] of text.matchAll(sample)) {
    const value = Number(given);
    if (!name.endsWith('_bucket')) {
      figures.set(name, (figures.get(name) ?? 0) + value);
      continue;
    }
    const upTo = edgeOf(labels);
    const buckets = histograms.get(name.slice(0, -'_bucket'.length)) ?? new Map<number, number>();
    buckets.set(upTo, (buckets.get(upTo) ?? 0) + value);
    histograms.set(name.slice(0, -'_bucket'.length), buckets);
  }
  return { at, figures, histograms };
};

const edgeOf = (labels: string): number => {
  const text = edge.exec(labels)?.[1] ?? '+Inf';
  return text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
};
