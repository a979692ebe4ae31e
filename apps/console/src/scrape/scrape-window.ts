import type { Delay } from '../shapes.ts';
import { delayOf } from './delay-of.ts';
import type { Buckets, Scrape } from './read-scrape.ts';

/** The scrapes of one app in the last minute. */
export type ScrapeWindow = {
  add(scrape: Scrape): void;
  /** Per second, over the last five; null before two scrapes have told it. */
  rate(counter: string): number | null;
  /** The first and the last reading of a histogram within the minute. */
  ends(histogram: string): { readonly before: Buckets | undefined; readonly now: Buckets } | undefined;
  delay(histogram: string): Delay | null;
};

const minuteMs = 60_000;
const rateOverMs = 5_000;

export const createScrapeWindow = (): ScrapeWindow => {
  let scrapes: readonly Scrape[] = [];
  const oldestOf = (withinMs: number): Scrape | undefined => {
    const newest = scrapes.at(-1);
    return newest && scrapes.find(({ at }) => at >= newest.at - withinMs && at < newest.at);
  };
  const ends: ScrapeWindow['ends'] = (histogram) => {
    const now = scrapes.at(-1)?.histograms.get(histogram);
    const oldest = oldestOf(minuteMs);
    if (now === undefined || oldest === undefined) return undefined;
    return { now, before: oldest.histograms.get(histogram) };
  };
  return {
    add: (scrape) => {
      scrapes = [...scrapes.filter(({ at }) => at >= scrape.at - minuteMs), scrape];
    },
    rate: (counter) => {
      const [newest, oldest] = [scrapes.at(-1), oldestOf(rateOverMs) ?? scrapes.at(-2)];
      const now = newest?.figures.get(counter);
      if (newest === undefined || oldest === undefined || now === undefined) return null;
      return ratePerSecond({ at: oldest.at, count: oldest.figures.get(counter) ?? 0 }, { at: newest.at, count: now });
    },
    ends,
    delay: (histogram) => {
      const found = ends(histogram);
      return found ? delayOf(found.before, found.now) : null;
    },
  };
};

type Reading = { readonly at: number; readonly count: number };

/** Of a counter read twice, to a tenth; one that is lower than before began anew at nothing. */
export const ratePerSecond = (before: Reading, now: Reading): number => {
  const grown = now.count >= before.count ? now.count - before.count : now.count;
  const seconds = (now.at - before.at) / 1_000;
  return seconds <= 0 ? 0 : Math.round((grown / seconds) * 10) / 10;
};
