import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable } from './at-rest.ts';
import { ownProjector } from './own-projector.ts';
import { projectorNames, urlOf } from './projectors.ts';
import { query } from './query.ts';
import { answers, pidOf, replaced } from './stack-parts.ts';
import { startTraffic } from './traffic.ts';

it('all four projectors, told to stop under load, are started again, and no event is lost or counted twice', async () => {
  const traffic = startTraffic(71, 2);
  await eventually(() => expect(traffic.count()).toBeGreaterThan(5), { withinMs: 30_000 });
  await Promise.all(
    projectorNames.map(async (name) => {
      const pid = pidOf(name);
      process.kill(pid, 'SIGTERM');
      await replaced(name, pid);
      await answers(`${urlOf(name)}/health/ready`);
    }),
  );
  await traffic.stop();
  await atRest();
  await expectAsWritten();
});

it('a projector told to stop under load commits what it has in hand, leaves with code 0, and the next one is handed nothing twice', async () => {
  const traffic = startTraffic(72, 2);
  const projector = await ownProjector('restaurant-dashboard');
  const duplicates = async (): Promise<number> => {
    const sql = 'SELECT coalesce(sum(duplicates), 0) AS sum FROM projection_checkpoint';
    return Number((await query<{ sum: string }>(projector.databaseUrl, sql))[0]?.sum);
  };
  const first = await projector.start();
  await atRest([projector.at(first)]);
  const before = await duplicates();
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
  const place = projector.at(await projector.start());
  await traffic.stop();
  await atRest([place]);
  await giveUpUnreadable(place);
  await expectAsWritten([place]);
  expect(await duplicates(), 'events that came twice').toBe(before);
});
