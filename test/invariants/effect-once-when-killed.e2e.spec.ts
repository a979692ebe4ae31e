import { eventually } from '@orderline/testing';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable } from './at-rest.ts';
import { chanceOf, seedOfRun } from './chance.ts';
import { ownProjector, type Instance, type OwnProjector } from './own-projector.ts';
import { projectorNames } from './projectors.ts';
import { startTraffic } from './traffic.ts';

const seed = seedOfRun('kills');

const connect = async (databaseUrl: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  // The database is dropped under it when a test has failed half-way.
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
};

/** Makes every batch wait at its COMMIT, all its rows written, while somebody else holds the lock. */
const gateAtCommit = `
  CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER gate AFTER UPDATE ON projection_checkpoint DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION gate()`;

/** The app's connection that waits for a lock of ours: its batch has come to the point. */
const waitingBackend = (admin: pg.Client): Promise<number> =>
  eventually(
    async () => {
      const { rows } = await admin.query<{ pid: number }>(
        `SELECT a.pid FROM pg_stat_activity a WHERE datname = current_database() AND usename LIKE '%\\_app'
         AND pg_backend_pid() = ANY (pg_blocking_pids(a.pid))`,
      );
      expect(rows[0], 'a batch at the point where it is to be killed').toBeDefined();
      return rows[0]?.pid ?? 0;
    },
    { withinMs: 60_000, everyMs: 10 },
  );

const gone = (admin: pg.Client, backend: number): Promise<void> =>
  eventually(async () => {
    const { rows } = await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [backend]);
    expect(rows).toEqual([]);
  });

type Point = (admin: pg.Client, instance: Instance) => Promise<void>;

const killedBeforeWrite: Point = async (admin, instance) => {
  await admin.query('BEGIN');
  await admin.query('LOCK TABLE projection_checkpoint IN EXCLUSIVE MODE');
  const backend = await waitingBackend(admin);
  await instance.end('SIGKILL');
  await admin.query('SELECT pg_terminate_backend($1)', [backend]);
  await admin.query('COMMIT');
};

const killedBeforeCommit: Point = async (admin, instance) => {
  await admin.query('SELECT pg_advisory_lock(42)');
  const backend = await waitingBackend(admin);
  await instance.end('SIGKILL');
  await admin.query('SELECT pg_terminate_backend($1)', [backend]);
  await gone(admin, backend);
  await admin.query('SELECT pg_advisory_unlock(42)');
};

/** Nobody hears of the commit, and the group never hears of the offset. */
const killedBeforeOffset: Point = async (admin, instance) => {
  await admin.query('SELECT pg_advisory_lock(42)');
  const backend = await waitingBackend(admin);
  await instance.end('SIGKILL');
  await admin.query('SELECT pg_advisory_unlock(42)');
  await gone(admin, backend);
};

const untilApplied = (admin: pg.Client, more: number): Promise<void> => {
  let goal: number | undefined;
  return eventually(
    async () => {
      const { rows } = await admin.query<{ applied: string }>(
        'SELECT coalesce(sum(applied), 0) AS applied FROM projection_checkpoint',
      );
      const applied = Number(rows[0]?.applied);
      goal ??= applied + more;
      expect(applied, 'events applied').toBeGreaterThanOrEqual(goal);
    },
    { withinMs: 60_000, everyMs: 5 },
  );
};

const killedAnywhere =
  (chance: () => number): Point =>
  async (admin, instance) => {
    await untilApplied(admin, 1 + Math.floor(chance() * 20));
    await instance.end('SIGKILL');
  };

const shuffled = <T>(list: readonly T[], chance: () => number): T[] =>
  list
    .map((one) => ({ one, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/** A group of its own each time, so that none waits for a dead member: where to go on is by the checkpoint alone. */
const killAgainAndAgain = async (projector: OwnProjector, chance: () => number): Promise<Instance> => {
  let instance = await projector.start('0-');
  const admin = await connect(projector.databaseUrl);
  await untilApplied(admin, 1);
  await admin.query(gateAtCommit);
  const points = [killedBeforeWrite, killedBeforeCommit, killedBeforeOffset, killedAnywhere(chance)];
  for (const [round, killed] of shuffled([...points, killedAnywhere(chance)], chance).entries()) {
    await killed(admin, instance);
    instance = await projector.start(`${round + 1}-`);
  }
  return instance;
};

it('no event is lost or counted twice when projectors are killed before and after write, commit and offset, twenty times, while orders flow', async () => {
  const traffic = startTraffic(seed, 2);
  const own = await Promise.all(projectorNames.map(ownProjector));
  const places = await Promise.all(
    own.map(async (projector, at) => projector.at(await killAgainAndAgain(projector, chanceOf(seed + at)))),
  );
  await traffic.stop();
  await atRest(places);
  await Promise.all(places.map(giveUpUnreadable));
  await expectAsWritten(places);
}, 300_000);

it('the check that all these tests end with sees one cent in one row', async () => {
  const projector = await ownProjector('analytics');
  const place = projector.at(await projector.start());
  await atRest([place]);
  await giveUpUnreadable(place);
  await expectAsWritten([place]);
  const admin = await connect(place.databaseUrl);
  await admin.query(
    'UPDATE revenue SET received_minor = received_minor + 1 WHERE ctid = (SELECT ctid FROM revenue LIMIT 1)',
  );
  await expect(expectAsWritten([place])).rejects.toThrow('revenue of analytics against the event table');
});
