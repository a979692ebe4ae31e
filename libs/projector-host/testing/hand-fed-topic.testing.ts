import { contractSchemas, encodeEvent } from '@orderline/contracts';
import { createPool } from '@orderline/postgres';
import {
  createProjector,
  type Consumer,
  type Handlers,
  type Projection,
  type Recorded,
  type TopicRecord,
} from '@orderline/projection';

const schemaIds = new Map(contractSchemas.map(({ subject }, at) => [subject, at + 1]));
const registry = { schemaById: (id: number) => Promise.resolve(contractSchemas[id - 1]?.schema ?? '') };

/** An instance of an app that consumes some partitions of a topic in memory, without the network between. */
export type Instance = {
  /** Applies what is on its partitions and not yet applied, in batches of at most `atMost` records. */
  drain(atMost?: number): Promise<void>;
  stop(): Promise<void>;
};

export type HandFedTopic = {
  put(...events: readonly Recorded[]): void;
  /** Everything put so far, in order. */
  all(): readonly Recorded[];
  partitionOf(orderId: string): number;
  instance(databaseUrl: string, projections: readonly Projection[], partitions?: readonly number[]): Promise<Instance>;
};

const partitionCount = 4;

export const handFedTopic = (): HandFedTopic => {
  const log: TopicRecord[][] = Array.from({ length: partitionCount }, () => []);
  const given: Recorded[] = [];
  const partitionOf = (orderId: string): number => Number.parseInt(orderId.slice(-4), 16) % partitionCount;
  return {
    partitionOf,
    all: () => [...given],
    put: (...events) => {
      for (const event of events) {
        given.push(event);
        const partition = partitionOf(event.orderId);
        log[partition]?.push({
          partition,
          offset: BigInt(log[partition].length),
          key: Buffer.from(event.orderId),
          value: encodeEvent(event, schemaIds),
          headers: { ce_id: event.eventId, 'event-version': String(event.version), 'event-type': event.type },
          timestamp: event.recordedAt,
        });
      }
    },
    instance: async (databaseUrl, projections, partitions = [...log.keys()]) => {
      const pool = createPool({ databaseUrl, applicationName: 'hand-fed', max: 3 });
      let handlers: Handlers | undefined;
      const projector = createProjector({
        name: 'spec',
        pool,
        projections,
        registry,
        consumer: (given) => {
          handlers = given;
          return consumerOf(log);
        },
        log: () => undefined,
        onFatal: (error) => {
          throw error;
        },
      });
      await projector.start();
      return {
        drain: (atMost = 1_000) => drain(log, handlers as Handlers, { partitions, atMost }),
        stop: async () => {
          await projector.stop();
          await pool.end();
        },
      };
    },
  };
};

const rangesOf = (log: readonly TopicRecord[][]) =>
  new Map(log.map((records, at) => [at, { earliest: 0n, latest: BigInt(records.length) }]));

const consumerOf = (log: readonly TopicRecord[][]): Consumer => ({
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  reposition: () => undefined,
  reader: {
    logRanges: () => Promise.resolve(rangesOf(log)),
    readRecord: (partition, offset) => Promise.resolve(log[partition]?.[Number(offset)]),
  },
});

const drain = async (
  log: readonly TopicRecord[][],
  handlers: Handlers,
  { partitions, atMost }: { partitions: readonly number[]; atMost: number },
): Promise<void> => {
  const positions = await handlers.onAssigned(partitions, { clusterId: 'spec', ranges: rangesOf(log) });
  const waiting = [...positions].flatMap(([partition, offset]) => log[partition]?.slice(Number(offset)) ?? []);
  for (let at = 0; at < waiting.length; at += atMost) {
    const records = waiting.slice(at, at + atMost);
    const stretches = new Map<number, { from: bigint; next: bigint }>();
    for (const { partition, offset } of records) {
      stretches.set(partition, { from: stretches.get(partition)?.from ?? offset, next: offset + 1n });
    }
    await handlers.onBatch({ records, stretches, isStale: () => false });
  }
};
