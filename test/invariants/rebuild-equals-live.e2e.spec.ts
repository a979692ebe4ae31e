import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { expectAsWritten, shownRows } from './as-written.ts';
import { atRest, statusOf, type Status } from './at-rest.ts';
import { keepReading } from './keep-reading.ts';
import { projectionsOf, stackPlaces, urlOf, type Place } from './projectors.ts';
import { startTraffic } from './traffic.ts';

type Change = 'rebuild' | 'swap' | 'rollback' | 'drop';

const change = async ({ name, url }: Place, step: Change): Promise<void> => {
  for (const [projection] of projectionsOf(name)) {
    const response = await fetch(`${url}/projections/${projection}/${step}`, { method: 'POST' });
    expect(response.status, `${step} of ${projection}: ${await response.text()}`).toBe(step === 'rebuild' ? 202 : 200);
  }
};

const everywhere = async (step: (place: Place) => Promise<void>): Promise<void> => {
  await Promise.all(stackPlaces().map(step));
};

const expectStates = async (url: string, state: Status['state'], others: Status['state'][]): Promise<Status[]> => {
  const statuses = await statusOf(url);
  const found = statuses.filter((status) => status.state === state);
  expect(found.length, JSON.stringify(statuses.map((s) => [s.name, s.state]))).toBe(
    new Set(statuses.map(({ name }) => name)).size,
  );
  expect(statuses.map((status) => status.state).filter((other) => ![state, ...others].includes(other))).toEqual([]);
  return found;
};

it('a rebuild under traffic ends in the rows of the live read model, byte for byte, in all four, and no read meanwhile fails or is empty', async () => {
  const before = startTraffic(11);
  await eventually(() => expect(before.count()).toBeGreaterThan(40), { withinMs: 30_000 });
  await before.stop();
  await atRest();
  const traffic = startTraffic(12, 2);
  const reading = keepReading(stackPlaces());

  await everywhere((place) => change(place, 'rebuild'));
  await everywhere(({ url }) =>
    eventually(
      async () => {
        for (const { name, comparison } of await expectStates(url, 'caught_up', ['serving'])) {
          expect(comparison, `rows of ${name} that a rebuild makes otherwise`).toMatchObject({ differences: [] });
        }
      },
      { withinMs: 60_000, everyMs: 250 },
    ),
  );
  await everywhere((place) => change(place, 'swap'));
  await everywhere(async ({ url }) => {
    await expectStates(url, 'standby', ['serving']);
  });
  const since = traffic.count();
  await eventually(() => expect(traffic.count()).toBeGreaterThan(since + 5), { withinMs: 30_000 });
  await traffic.stop();
  await atRest();

  await expectAsWritten();
  await everywhere(expectGenerationsEqual);
  await everywhere((place) => change(place, 'rollback'));
  await expectAsWritten();
  await everywhere((place) => change(place, 'drop'));
  await reading.stop();
  expect(reading.faults).toEqual([]);
  expect(reading.count()).toBeGreaterThan(100);
});

const expectGenerationsEqual = async ({ name, databaseUrl }: Place): Promise<void> => {
  for (const [projection, table] of projectionsOf(name)) {
    const [live, rebuilt] = await Promise.all(
      ['<>', '='].map((is) =>
        shownRows(
          databaseUrl,
          table,
          `SELECT generation FROM projection_generation WHERE projection = '${projection}' AND state ${is} 'serving'`,
        ),
      ),
    );
    expect(rebuilt?.sort(), `${projection}: rebuilt against live`).toEqual(live?.sort());
    expect(rebuilt?.length).toBeGreaterThan(0);
  }
};

it('a rebuild that is asked for twice, or dropped half-way, leaves the serving rows alone', async () => {
  const analytics = { name: 'analytics', url: urlOf('analytics') } as Place;
  const before = await statusOf(analytics.url);
  await change(analytics, 'rebuild');
  await change(analytics, 'rebuild');
  expect((await statusOf(analytics.url)).length).toBe(2 * before.length);
  await change(analytics, 'drop');
  const after = await statusOf(analytics.url);
  expect(after.map(({ generation, state }) => [generation, state])).toEqual(
    before.map(({ generation, state }) => [generation, state]),
  );
  await expectAsWritten();
});
