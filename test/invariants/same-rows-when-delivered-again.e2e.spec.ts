import { eventually } from '@orderline/testing';
import { expect, inject, it } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable, statusOf } from './at-rest.ts';
import { ownProjector } from './own-projector.ts';
import { projectorNames, stackPlaces, type Place } from './projectors.ts';
import { query } from './query.ts';
import { startTraffic } from './traffic.ts';

const someOrders = async (seed: number, count: number): Promise<void> => {
  const traffic = startTraffic(seed);
  await eventually(() => expect(traffic.count()).toBeGreaterThan(count), { withinMs: 30_000 });
  await traffic.stop();
};

it('all four read models have the same rows when every event of every order is delivered a second time, amid new ones', async () => {
  await someOrders(21, 30);
  await atRest();
  const { ordersUrl } = inject('stack');
  const traffic = startTraffic(22, 1);
  const repeated = await query(
    ordersUrl,
    'INSERT INTO outbox SELECT * FROM outbox ORDER BY recorded_at, message_key, event_version::integer RETURNING event_id',
  );
  expect(repeated.length).toBeGreaterThan(100);
  await traffic.stop();
  await atRest();
  await expectAsWritten();
  for (const { url } of stackPlaces()) {
    for (const { name, duplicates, parked } of await statusOf(url)) {
      expect({ name, parked }).toEqual({ name, parked: 0 });
      expect(duplicates, `what ${name} met twice`).toBeGreaterThanOrEqual(repeated.length);
    }
  }
});

/** A projector of its own that has read the whole topic and is then set back to the first record of half the partitions. */
const replaying = async (name: (typeof projectorNames)[number]): Promise<Place> => {
  const projector = await ownProjector(name);
  const first = await projector.start();
  await atRest([projector.at(first)]);
  await giveUpUnreadable(projector.at(first));
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await query(
    projector.databaseUrl,
    'UPDATE projection_checkpoint SET next_offset = 0, last_offset = NULL, last_event_id = NULL WHERE partition % 2 = 0',
  );
  return projector.at(await projector.start());
};

it('all four read models have the same rows when whole partitions are replayed from their first record', async () => {
  const places = await Promise.all(projectorNames.map(replaying));
  // From here on nothing is written but what atRest writes before it waits.
  await atRest(places);
  for (const place of places) await giveUpUnreadable(place);
  await expectAsWritten(places);
  for (const { url } of places) {
    for (const { parked, duplicates } of await statusOf(url)) {
      expect(parked).toBe(0);
      expect(duplicates).toBeGreaterThan(0);
    }
  }
});
