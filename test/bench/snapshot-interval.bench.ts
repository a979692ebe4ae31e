import { createEventStore, eventStoreSession, type EventStore } from '@orderline/event-store';
import { createPool } from '@orderline/postgres';
import { full, type Effort } from './effort.ts';
import { measureArms, type Arm, type ComparisonResult } from './measure-arms.ts';
import { lifeOf } from './orders/life.ts';
import { every, live, never, onChangeOfStatus, type SnapshotRule } from './orders/live.ts';
import { onDiskServer } from './orders/on-disk-server.ts';
import { newId } from './orders/sample-order.ts';

const rules: Readonly<Record<string, SnapshotRule>> = {
  none: never,
  'every 25': every(25),
  'every 50': every(50),
  'every 100': every(100),
  'every 200': every(200),
  'every 500': every(500),
  'on change of status': onChangeOfStatus,
};

/** Lives of a round, so that one takes about as long as the other. */
const lives = [
  { events: 7, lives: 100 },
  { events: 300, lives: 2 },
  { events: 2_000, lives: 1 },
];

/**
 * What snapshots cost and save over the whole life of an order: a load and a durable append for each command, by one caller,
 * for orders as they are (7 events) and for long ones. Beside the time, the snapshots' size. Measured on two cores: every 25 and
 * every 50 are fastest (0.6 of the time without any at 300 events, 0.2 at 2,000), every 50 for half of the bytes: docs/adr/0016.
 */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  onDiskServer(async ({ orders }) => {
    const databaseUrl = orders.urlOf('orders_app');
    const pool = createPool({ databaseUrl, applicationName: 'snapshot bench', session: eventStoreSession });
    const store = createEventStore(pool);
    for (const each of lives.filter(({ events }) => events <= effort.longest)) {
      await compare(
        store,
        { ...each, lives: Math.ceil((each.lives * effort.seconds) / full.seconds) },
        effort.rounds,
        report,
      );
    }
    await pool.end();
  });

const compare = async (
  store: EventStore,
  { events, lives }: { events: number; lives: number },
  rounds: number,
  report: (result: ComparisonResult) => void,
): Promise<void> => {
  const commands = lifeOf(events);
  const kilobytes = new Map<string, number>();
  const arms = Object.entries(rules).map(([name, rule]): Arm => {
    const round = async (): Promise<number> => {
      const start = performance.now();
      let characters = 0;
      for (let nth = 0; nth < lives; nth++) characters += await live(store, newId(), commands, rule);
      kilobytes.set(name, characters / lives / 1000);
      return (performance.now() - start) / lives;
    };
    return { name, round };
  });
  const title = `life of ${events} events`;
  report(await measureArms({ title, unit: 'ms', arms, against: 'none', rounds }));
  const sizes = [...kilobytes].map(([name, size]) => ({ name, round: () => Promise.resolve(size) }));
  const against = 'on change of status';
  report(await measureArms({ title: `${title}: snapshots`, unit: 'kB', arms: sizes, against, rounds: 1 }));
};
