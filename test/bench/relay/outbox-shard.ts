import { createEventStore, eventStoreSession, type EventStore } from '@orderline/event-store';
import { createKafka } from '@orderline/kafka';
import { createPool, type Pool } from '@orderline/postgres';
import { createTestDatabase, eventually } from '@orderline/testing';
import { migrateOrders } from '../orders/on-disk-server.ts';
import { declaredSettings, deleteConnector, putConnector, setConnector } from './connector.ts';

/** Servers of a stack that a relay needs; whatever else runs on them is left alone. */
export type RelayServers = {
  readonly adminUrl: string;
  readonly connectUrl: string;
  readonly kafkaBrokers: readonly string[];
};

/** Where all shards of a benchmark publish to: not the topic of orders, which the stack's own relay has. */
export const benchTopic = 'bench.orders';

/** An orders database with a slot and a connector of its own, which publishes to the one topic of all shards. */
export type OutboxShard = {
  readonly store: EventStore;
  /** A superuser's connections to it. */
  readonly admin: Pool;
  /** Starts the connector's task; resolves when the slot is in use. */
  resume(): Promise<void>;
  /** Ends the connector's task; resolves when the slot is free. What is written meanwhile waits. */
  halt(): Promise<void>;
  drop(): Promise<void>;
};

/** A shard whose connector is halted, with the relay's settings or those that `alter` makes of them. */
export const makeShard = async (
  { adminUrl, connectUrl, kafkaBrokers }: RelayServers,
  alter: (settings: Readonly<Record<string, string>>) => Readonly<Record<string, string>> = (settings) => settings,
): Promise<OutboxShard> => {
  const database = await createTestDatabase(adminUrl, 'orders_owner');
  const { name } = database;
  await migrateOrders(database);
  const admin = createPool({ databaseUrl: database.adminUrl, applicationName: 'relay bench', max: 2 });
  const pool = createPool({
    databaseUrl: database.urlOf('orders_app'),
    applicationName: 'relay bench',
    session: eventStoreSession,
  });
  await admin.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [name]);
  await makeTopic(kafkaBrokers, `__debezium-heartbeat.${name}`, 1);
  const slotIs = (active: boolean): Promise<void> =>
    eventually(
      async () => {
        const { rows } = await admin.query<{ active: boolean }>(
          'SELECT active FROM pg_replication_slots WHERE slot_name = $1',
          [name],
        );
        if (rows[0]?.active !== active) throw new Error(`the slot of ${name} is ${active ? 'free' : 'in use'}`);
      },
      { withinMs: 60_000 },
    );
  const set = async (wanted: 'resume' | 'stop'): Promise<void> => {
    await setConnector(connectUrl, name, wanted);
    await slotIs(wanted === 'resume');
  };
  await putConnector(connectUrl, name, {
    ...alter(declaredSettings()),
    'database.dbname': name,
    'topic.prefix': name,
    'slot.name': name,
    'transforms.outbox.route.topic.replacement': benchTopic.replace('orders', '$${routedByValue}'),
  });
  await slotIs(true);
  await set('stop');
  return {
    store: createEventStore(pool),
    admin,
    resume: () => set('resume'),
    halt: () => set('stop'),
    drop: async () => {
      await deleteConnector(connectUrl, name);
      await slotIs(false);
      await admin.query('SELECT pg_drop_replication_slot($1)', [name]);
      await Promise.all([admin.end(), pool.end()]);
      await database.drop();
    },
  };
};

/** Does so with the topic that shards publish to, which is removed afterwards. */
export const withBenchTopic = async <Answer>(
  { kafkaBrokers }: RelayServers,
  work: () => Promise<Answer>,
): Promise<Answer> => {
  await makeTopic(kafkaBrokers, benchTopic, 12);
  try {
    return await work();
  } finally {
    await asAdmin(kafkaBrokers, async (admin) => {
      const ours = (await admin.listTopics()).filter(
        (topic) => topic === benchTopic || topic.includes('heartbeat.spec_'),
      );
      await admin.deleteTopics({ topics: ours });
    });
  }
};

const makeTopic = (brokers: readonly string[], topic: string, numPartitions: number): Promise<unknown> =>
  asAdmin(brokers, (admin) =>
    admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions,
          replicationFactor: 1,
          // A consumer refuses a topic that forgets.
          configEntries: ['retention.ms', 'retention.bytes'].map((name) => ({ name, value: '-1' })),
        },
      ],
    }),
  );

type Admin = ReturnType<ReturnType<typeof createKafka>['admin']>;

const asAdmin = async (brokers: readonly string[], work: (admin: Admin) => Promise<unknown>): Promise<void> => {
  const admin = createKafka({ brokers, clientId: 'relay bench' }).admin();
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.disconnect();
  }
};
