import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import type { ProjectorAddress } from './visibility.ts';

type Projections = { readonly projections: readonly { readonly state: string; readonly lagEvents: number }[] };

/** How many records each projector has still to take in, as it says itself; of several projections the one furthest behind. */
export type LagWatch = {
  /** The last answer of each; undefined where there was none lately. */
  readonly lagOf: (projector: string) => number | undefined;
  readonly stop: () => Promise<void>;
};

const everyMs = 2_000;

export const watchLag = (projectors: readonly ProjectorAddress[]): LagWatch => {
  const lags = new Map<string, number>();
  const stopping = new AbortController();
  const follow = async ({ name, url }: ProjectorAddress): Promise<void> => {
    while (!stopping.signal.aborted) {
      const lag = await askLag(url, stopping.signal).catch(() => undefined);
      if (lag === undefined) lags.delete(name);
      else lags.set(name, lag);
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const following = projectors.map(follow);
  return {
    lagOf: (projector) => lags.get(projector),
    stop: async () => {
      stopping.abort();
      await Promise.all(following);
    },
  };
};

const askLag = async (url: string, signal: AbortSignal): Promise<number | undefined> => {
  const { statusCode, body } = await request(`${url}/projections`, { signal, headersTimeout: 5_000 });
  if (statusCode !== 200) {
    await body.dump();
    return undefined;
  }
  const { projections } = (await body.json()) as Projections;
  return Math.max(0, ...projections.filter(({ state }) => state === 'serving').map(({ lagEvents }) => lagEvents));
};
