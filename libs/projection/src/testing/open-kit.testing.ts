import { createPool, migrate, type Pool, type PoolClient } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { inject } from 'vitest';
import type { Projection } from '../define/projection.ts';
import { kitMigrations } from '../kit-migrations.ts';
import { createProjector, type Projector } from '../projector.ts';
import type { Registry } from '../store/schemas.ts';
import { registryInHand, type DrivenConsumers, type TopicInHand } from './topic-in-hand.testing.ts';

export type Kit = {
  readonly database: TestDatabase;
  /** As the role that runs an app. */
  readonly pool: Pool;
  /** Projections at work on a topic in hand, started; any number of them are instances of one app. */
  instance(
    projections: readonly Projection[],
    topic: TopicInHand,
    settings?: readonly number[] | { partitions?: readonly number[]; registry?: Registry },
  ): Promise<{ projector: Projector; consumers: DrivenConsumers; pool: Pool; fatal: Error[] }>;
  /** Rows of one of the example tables, in the order of their keys. */
  rows(table: string): Promise<Record<string, unknown>[]>;
  /** All example tables, without the generation's number. */
  readModels(): Promise<unknown>;
  /** A session of the superuser. */
  admin(): Promise<PoolClient>;
  /** Stops all instances and drops all generations. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

/** A database with the kit's own tables and those of `tables`, and projectors on real PostgreSQL with records handed in. */
export const openKit = async (tables: string): Promise<Kit> => {
  const database = await migratedDatabase(tables);
  const instances: (() => Promise<unknown>)[] = [];
  const openPool = (applicationName: string): Pool =>
    createPool({ databaseUrl: database.urlOf('order_summary_app'), applicationName, max: 6 });
  const pool = openPool('spec');
  const admins = createPool({ databaseUrl: database.adminUrl, applicationName: 'admin', max: 3 });
  const taken: PoolClient[] = [];
  const stopInstances = async (): Promise<void> => {
    for (const client of taken.splice(0)) client.release(true);
    for (const stop of instances.splice(0)) await stop();
  };
  const rows = async (table: string): Promise<Record<string, unknown>[]> =>
    (await pool.query<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1, 2, 3`)).rows;
  return {
    database,
    pool,
    rows,
    readModels: () =>
      Promise.all(readModels.map(async (table) => (await rows(table)).map((row) => ({ ...row, generation: 0 })))),
    admin: async () => {
      const client = await admins.connect();
      taken.push(client);
      return client;
    },
    instance: async (projections, topic, settings = {}) => {
      const { partitions, registry = registryInHand } = 'length' in settings ? { partitions: settings } : settings;
      const own = openPool('instance');
      const consumers = topic.consumer(partitions);
      const fatal: Error[] = [];
      const projector = createProjector({
        name: 'spec',
        pool: own,
        projections,
        consumer: consumers.factory,
        registry,
        log: () => undefined,
        onFatal: (error) => fatal.push(error),
      });
      instances.push(async () => {
        await projector.stop();
        await own.end();
      });
      await projector.start();
      return { projector, consumers, pool: own, fatal };
    },
    empty: async () => {
      await stopInstances();
      await dropGenerations(admins);
    },
    close: async () => {
      await stopInstances();
      await Promise.all([pool.end(), admins.end()]);
      await database.drop();
    },
  };
};

const readModels = ['order_line', 'status_count', 'customer_total', 'status_interval'];

const migratedDatabase = async (tables: string): Promise<TestDatabase> => {
  const database = await createTestDatabase(inject('postgresUrl'), 'order_summary_owner');
  const databaseUrl = database.urlOf('order_summary_owner');
  await migrate({ databaseUrl, ...kitMigrations });
  const owner = createPool({ databaseUrl, applicationName: 'spec', max: 1 });
  await owner.query(tables);
  await owner.end();
  return database;
};

const dropGenerations = async (admins: Pool): Promise<void> => {
  await admins.query(`SELECT drop_generation(generation) FROM projection_generation WHERE state <> 'serving'`);
  await admins.query(`UPDATE projection_generation SET state = 'standby'`);
  await admins.query('SELECT drop_generation(generation) FROM projection_generation');
  await admins.query('TRUNCATE projection_schema, projection_discarded');
};
