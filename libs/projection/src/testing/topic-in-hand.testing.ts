import { contractSchemas, encodeEvent, type ContractEvent } from '@orderline/contracts';
import type { Consumer, ConsumerFactory, Handlers, TopicRecord } from '../feed/consumer-port.ts';

const schemaIds = new Map(contractSchemas.map(({ subject }, at) => [subject, at + 1]));

/** What the registry would answer. */
export const registryInHand = {
  schemaById: (id: number): Promise<string> => {
    const known = contractSchemas[id - 1];
    if (known !== undefined) return Promise.resolve(known.schema);
    return Promise.reject(Object.assign(new Error(`no schema ${id}`), { code: 'unknown_schema' }));
  },
};

export type TopicInHand = {
  readonly records: ReadonlyMap<number, readonly TopicRecord[]>;
  /** Puts events of each order on the order's partition, in the order given. */
  put(...events: readonly ContractEvent[]): void;
  /** Puts any record on a partition. */
  putRaw(partition: number, record: Partial<TopicRecord>): void;
  /** A consumer of some partitions (default all) that is driven by hand. */
  consumer(partitions?: readonly number[]): DrivenConsumers;
};

/** The consumers that one instance made, by group. */
export type DrivenConsumers = {
  readonly factory: ConsumerFactory;
  /** Delivers everything from where the instance says it is, in batches of at most `atMost` records, and answers the batches. */
  drain(groupId?: string, atMost?: number): Promise<number>;
  readonly groups: ReadonlyMap<string, DrivenConsumer>;
};
export type DrivenConsumer = {
  /** Assigns the partitions and answers the positions asked for. */
  assign(): Promise<ReadonlyMap<number, bigint>>;
  /** Hands over these records once, as one batch that covers what lies between them. */
  deliver(records: readonly TopicRecord[], isStale?: () => boolean): Promise<void>;
  drain(atMost?: number): Promise<number>;
  readonly crashes: readonly Error[];
};

const FIRST_RECORDED = 1_768_485_600_000;

/** A log kept in memory, with the shape of a topic: what a consumer hands to the kit, without the network between. */
export const topicInHand = (partitionCount = 3): TopicInHand => {
  const records = new Map<number, TopicRecord[]>(
    Array.from({ length: partitionCount }, (_, partition) => [partition, [] as TopicRecord[]]),
  );
  let recordedAt = FIRST_RECORDED;
  const putRaw = (partition: number, record: Partial<TopicRecord>): void => {
    const log = records.get(partition) ?? [];
    recordedAt += 1;
    const offset = BigInt(log.length);
    log.push({ key: null, value: null, headers: {}, timestamp: recordedAt, ...record, partition, offset });
  };
  const put = (...events: readonly ContractEvent[]): void => {
    for (const event of events) {
      putRaw(Number.parseInt(event.orderId.slice(-6), 16) % partitionCount, {
        key: Buffer.from(event.orderId),
        value: encodeEvent(event, schemaIds),
        headers: { ce_id: event.eventId, 'event-version': String(event.version), 'event-type': event.type },
      });
    }
  };
  return { records, put, putRaw, consumer: (partitions = [...records.keys()]) => drivenConsumers(records, partitions) };
};

const drivenConsumers = (
  records: ReadonlyMap<number, readonly TopicRecord[]>,
  partitions: readonly number[],
): DrivenConsumers => {
  const groups = new Map<string, DrivenConsumer>();
  return {
    groups,
    factory: (handlers) => {
      const { consumer, driven } = drivenConsumer(records, partitions, handlers);
      groups.set(handlers.groupId, driven);
      return consumer;
    },
    drain: async (groupId, atMost) => {
      let batches = 0;
      for (const [id, driven] of groups)
        if (groupId === undefined || id === groupId) batches += await driven.drain(atMost);
      return batches;
    },
  };
};

const drivenConsumer = (
  records: ReadonlyMap<number, readonly TopicRecord[]>,
  partitions: readonly number[],
  handlers: Handlers,
): { consumer: Consumer; driven: DrivenConsumer } => {
  let positions: Map<number, bigint> | undefined;
  const crashes: Error[] = [];
  const logRanges = (): Promise<Map<number, { earliest: bigint; latest: bigint }>> =>
    Promise.resolve(new Map([...records].map(([at, log]) => [at, { earliest: 0n, latest: BigInt(log.length) }])));
  const consumer: Consumer = {
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    reposition: () => {
      positions = undefined;
    },
    reader: { logRanges, readRecord: (partition, offset) => Promise.resolve(records.get(partition)?.[Number(offset)]) },
  };
  const assign = async (): Promise<Map<number, bigint>> => {
    positions = new Map(await handlers.onAssigned(partitions, { clusterId: 'spec', ranges: await logRanges() }));
    return positions;
  };
  const deliver = async (batch: readonly TopicRecord[], isStale = (): boolean => false): Promise<void> => {
    const stretches = new Map<number, { from: bigint; next: bigint }>();
    for (const { partition, offset } of batch) {
      stretches.set(partition, { from: stretches.get(partition)?.from ?? offset, next: offset + 1n });
    }
    await handlers.onBatch({ records: batch, stretches, isStale });
    for (const [partition, { next }] of stretches) positions?.set(partition, next);
  };
  const drain = async (atMost = 1_000): Promise<number> => {
    for (let batches = 0; ; batches += 1) {
      const from = positions ?? (await assign());
      const waiting = [...from].flatMap(([partition, offset]) => records.get(partition)?.slice(Number(offset)) ?? []);
      if (waiting.length === 0) return batches;
      await deliver(waiting.slice(0, atMost));
    }
  };
  return { consumer, driven: { assign, deliver, drain, crashes } };
};
