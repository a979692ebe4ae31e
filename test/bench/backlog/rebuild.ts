import { setTimeout as pause } from 'node:timers/promises';

type Projections = {
  projections: { name: string; state: string; comparison: { rows: number; differing: number } | null }[];
};

const patienceMs = 300_000;

/** Rebuilds a projection through its app's routes and answers with the seconds it took; the old generation is then dropped. */
export const rebuildAndSwap = async (url: string, projection: string): Promise<number> => {
  const began = performance.now();
  const post = async (step: string): Promise<void> => {
    const response = await fetch(`${url}/projections/${projection}/${step}`, { method: 'POST' });
    if (!response.ok) throw new Error(`${step} answered ${response.status}: ${await response.text()}`);
  };
  await post('rebuild');
  while (!(await isCompared(url, projection))) {
    if (performance.now() - began > patienceMs) throw new Error(`${projection} was not rebuilt in time`);
    await pause(100);
  }
  await post('swap');
  const seconds = (performance.now() - began) / 1_000;
  await post('drop');
  return seconds;
};

const isCompared = async (url: string, projection: string): Promise<boolean> => {
  const answer = (await (await fetch(`${url}/projections`)).json()) as Projections;
  const candidate = answer.projections.find(({ name, state }) => name === projection && state === 'caught_up');
  const differing = candidate?.comparison?.differing ?? 0;
  if (differing > 0) throw new Error(`${differing} rows of ${projection} were built otherwise`);
  return candidate !== undefined;
};
