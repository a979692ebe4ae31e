import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyRoles, startBroker, startPostgres, type RunningBroker } from '@orderline/local-stack';
import { fillTopic } from './fill-topic.ts';

/** A broker whose topic holds a backlog, and a PostgreSQL with the roles of the stack and no database yet. */
export type BacklogServers = {
  readonly brokers: readonly string[];
  readonly adminUrl: string;
  /** Their processes, for the time that they spend. */
  readonly kafkaPid: number;
  readonly postgresPid: number;
};

/** Another one, whenever what fills the topic writes other records. */
const edition = 1;

/**
 * Kafka and PostgreSQL of this run alone, with the settings of the local stack (fsync on). A topic once filled is kept beside
 * the stacks' data and found again by the next run of as many events; all else is removed afterwards, also by Ctrl-C.
 */
export const withBacklog = async (events: number, work: (servers: BacklogServers) => Promise<void>): Promise<void> => {
  const home = resolve(process.env['ORDERLINE_HOME'] ?? '.orderline');
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'bench-'));
  const postgres = await startPostgres({ folder, throwaway: true });
  let broker: RunningBroker | undefined;
  const clear = async (): Promise<void> => {
    await Promise.all([postgres.stop(), broker?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  const leave = (): void => void clear().finally(() => process.exit(130));
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    await applyRoles(postgres.adminUrl);
    broker = await filledBroker(home, events);
    const { brokers, pid: kafkaPid } = broker;
    await work({ brokers, adminUrl: postgres.adminUrl, kafkaPid, postgresPid: postgres.pid });
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await clear();
  }
};

const filledBroker = async (home: string, events: number): Promise<RunningBroker> => {
  const folder = join(home, `backlog-${edition}-${events}`);
  const mark = join(folder, 'filled');
  const isFilled = existsSync(mark);
  if (!isFilled) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const broker = await startBroker({ home, folder });
  if (isFilled) return broker;
  console.log(`putting ${events.toLocaleString('en')} events on a topic, kept in ${folder}`);
  try {
    await fillTopic(broker.brokers, events);
  } catch (error) {
    await broker.stop();
    throw error;
  }
  writeFileSync(mark, '');
  return broker;
};
