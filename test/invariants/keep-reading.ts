import { EventEmitter, once } from 'node:events';
import { onTestFinished } from 'vitest';
import { projectors, type Place } from './projectors.ts';

export type Reading = {
  readonly faults: readonly string[];
  count(): number;
  /** Reads these from the next round on; resolves when that has begun, so that nobody asks the others any more. */
  goOnWith(places: readonly Place[]): Promise<void>;
  stop(): Promise<void>;
};

const shows = (answer: unknown): boolean => {
  const { items, today, created } = answer as { items?: unknown[]; today?: { created: number }; created?: number };
  return (items?.length ?? today?.created ?? created ?? 0) > 0;
};

/** Reads of these read models, one after another, as long as the test runs; each must show something. */
export const keepReading = (places: readonly Place[]): Reading => {
  const faults: string[] = [];
  const rounds = new EventEmitter();
  let reads = 0;
  let wanted = places;
  const stopping = new AbortController();
  const isStopped = (): boolean => stopping.signal.aborted;
  const readAll = async (): Promise<void> => {
    rounds.emit('begun');
    for (const { name, url } of wanted) {
      const response = await fetch(url + projectors[name].read).catch((error: unknown) => String(error));
      if (typeof response === 'string') faults.push(`${name}: ${response}`);
      else if (!shows(await response.json())) faults.push(`${name} was empty, status ${response.status}`);
      reads += 1;
    }
  };
  const reading = (async () => {
    while (!isStopped()) await readAll();
  })();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await reading;
  };
  onTestFinished(stop);
  return {
    faults,
    count: () => reads,
    goOnWith: async (others) => {
      wanted = others;
      await once(rounds, 'begun');
    },
    stop,
  };
};
