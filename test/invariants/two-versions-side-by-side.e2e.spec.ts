import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable, statusOf } from './at-rest.ts';
import { keepReading } from './keep-reading.ts';
import { ownProjector, type Instance } from './own-projector.ts';
import type { SourceEdit } from './planted/plant.ts';
import { liveOrder, startTraffic, type Traffic } from './traffic.ts';

/** Sums that all orders share, and rows by order. */
const changed = ['revenue', 'status-intervals'];

const inVersion2 = (name: string, file: string): SourceEdit => ({
  file: `apps/analytics-projector/src/${file}.projection.ts`,
  find: `name: '${name}',\n  version: 1,`,
  replace: `name: '${name}',\n  version: 2,`,
});
const newer = {
  edits: [inVersion2('revenue', 'revenue/revenue'), inVersion2('status-intervals', 'status-counts/status-intervals')],
};

const change = async (instance: Instance, step: 'swap' | 'rollback' | 'drop'): Promise<void> => {
  for (const name of changed) {
    // 503 says that a lock was not to be had in time, and to try again.
    await eventually(
      async () => {
        const response = await fetch(`${instance.url}/projections/${name}/${step}`, { method: 'POST' });
        const said = `${response.status} ${await response.text()}`;
        if (!said.startsWith('503')) return said;
        throw new Error(said);
      },
      { withinMs: 60_000 },
    ).then((said) => expect(said, `${step} of ${name}`).toMatch(/^200/u));
  }
};

/** What the changed projections serve there, after an order that has just been written. */
const servedAt = async ({ url }: Instance): Promise<[name: string, version: number][]> =>
  (await statusOf(url, await liveOrder()))
    .filter(({ name, state }) => state === 'serving' && changed.includes(name))
    .map(({ name, version }): [string, number] => [name, version])
    .sort();

const served = (version: number): [string, number][] => changed.map((name) => [name, version]);

const someMore = async (traffic: Traffic): Promise<void> => {
  const before = traffic.count();
  await eventually(() => expect(traffic.count()).toBeGreaterThan(before + 5), { withinMs: 30_000 });
};

it('two versions of a projector work side by side while orders flow: the old one keeps up, the new one fills rows of its own, takes over, gives back and takes over again, and no read fails or is empty', async () => {
  const traffic = startTraffic(91, 2);
  const projector = await ownProjector('analytics');
  const old = await projector.start();
  await atRest([projector.at(old)]);
  const reading = keepReading([projector.at(old)]);

  const next = await projector.start(newer);
  await reading.goOnWith([projector.at(old), projector.at(next)]);
  await eventually(
    async () => {
      const filled = (await statusOf(next.url)).filter(({ state, version }) => state === 'caught_up' && version === 2);
      expect(filled.map(({ name }) => name).sort()).toEqual(changed);
    },
    { withinMs: 60_000, everyMs: 100 },
  );
  expect(await servedAt(old)).toEqual(served(1));
  expect(await servedAt(next)).toEqual(served(1));
  for (const [step, version] of [
    ['swap', 2],
    ['rollback', 1],
    ['rollback', 2],
  ] as const) {
    await change(next, step);
    expect(await servedAt(old), step).toEqual(served(version));
    expect(await servedAt(next), step).toEqual(served(version));
    await someMore(traffic);
  }

  await reading.goOnWith([projector.at(next)]);
  expect(await old.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await someMore(traffic);
  await change(next, 'drop');
  await traffic.stop();
  const place = projector.at(next);
  await atRest([place]);
  await giveUpUnreadable(place);
  await expectAsWritten([place]);
  await reading.stop();
  expect(reading.faults).toEqual([]);
  expect(reading.count()).toBeGreaterThan(100);
}, 180_000);
