import { createPool, migrate, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { inject } from 'vitest';
import type { Projection } from '../define/projection.ts';
import { kitMigrations } from '../kit-migrations.ts';
import { createProjector, type Projector } from '../projector.ts';
import { registryInHand, type DrivenConsumers, type TopicInHand } from './topic-in-hand.testing.ts';

export type Kit = {
  readonly database: TestDatabase;
  /** As the role that runs an app. */
  readonly pool: Pool;
  /** Projections at work on a topic in hand, started; any number of them are instances of one app. */
  instance(
    projections: readonly Projection[],
    topic: TopicInHand,
    partitions?: readonly number[],
  ): Promise<{ projector: Projector; consumers: DrivenConsumers; pool: Pool; fatal: Error[] }>;
  close(): Promise<void>;
};

/** A database with the kit's own tables and those of `tables`, and projectors on real PostgreSQL with records handed in. */
export const openKit = async (tables: string): Promise<Kit> => {
  const database = await createTestDatabase(inject('postgresUrl'), 'order_summary_owner');
  const databaseUrl = database.urlOf('order_summary_owner');
  await migrate({ databaseUrl, ...kitMigrations });
  const owner = createPool({ databaseUrl, applicationName: 'spec', max: 1 });
  await owner.query(tables);
  await owner.end();
  const closing: (() => Promise<void>)[] = [];
  const openPool = (applicationName: string): Pool => {
    const pool = createPool({ databaseUrl: database.urlOf('order_summary_app'), applicationName, max: 4 });
    closing.unshift(() => pool.end());
    return pool;
  };
  return {
    database,
    pool: openPool('spec'),
    instance: async (projections, topic, partitions) => {
      const pool = openPool('instance');
      const consumers = topic.consumer(partitions);
      const fatal: Error[] = [];
      const projector = createProjector({
        name: 'spec',
        pool,
        projections,
        consumer: consumers.factory,
        registry: registryInHand,
        log: () => undefined,
        onFatal: (error) => fatal.push(error),
      });
      await projector.start();
      closing.unshift(() => projector.stop());
      return { projector, consumers, pool, fatal };
    },
    close: async () => {
      for (const close of closing) await close();
      await database.drop();
    },
  };
};
