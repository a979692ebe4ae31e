import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Piece, Placement } from './hand.ts';
import { KafkaError } from './kafka-error.ts';
import type { FetchedBatch } from './kafkajs-internals.ts';
import { Silence } from './silence.ts';
import type { ConsumerTuning } from './topic-consumer.ts';
import { toTopicRecord } from './topic-record.ts';

export type SessionEvents = {
  /** Joined, or joined again; nothing is delivered before deliverFrom(). */
  onJoined(partitions: readonly number[]): void;
  /** A rebalance has begun. */
  onLost(): void;
  /** The coordinator has confirmed the membership. */
  onConfirmed(): void;
  /** The session is over. */
  onCrashed(error: Error): void;
};

/** Where fetched records go. */
export type Intake = {
  offer(piece: Piece): Placement;
  readonly isFull: boolean;
  room(atMostMs: number): Promise<void>;
};

export type SessionOptions = {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topic: string;
  readonly tuning: ConsumerTuning;
  readonly events: SessionEvents;
  readonly intake: Intake;
};

/** More than any member will hold of one topic: a worker of kafkajs costs nothing while it has no batch. */
const WORKERS = 64;
const MISPLACED_IN_A_ROW = 20;
const JOIN_MARGIN_MS = 15_000;
const REJOIN_MARGIN_MS = 5_000;

const openConsumer = ({ kafka, groupId, tuning }: SessionOptions): Consumer =>
  kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    sessionTimeout: tuning.sessionTimeoutMs,
    heartbeatInterval: tuning.heartbeatMs,
    rebalanceTimeout: tuning.rebalanceTimeoutMs,
    maxBytes: tuning.fetchBytes,
    maxBytesPerPartition: tuning.fetchBytesPerPartition,
    maxWaitTimeInMs: tuning.fetchWaitMs,
    // kafkajs' own restart has left consumers silent (its issues 1443, 1513): a new session is opened instead
    retry: { restartOnFailure: () => Promise.resolve(false) },
  });

/** One life of a kafkajs consumer in its group, from connect to crash or close. It is never restarted. */
export class GroupSession {
  readonly #options: SessionOptions;
  readonly #consumer: Consumer;
  readonly #misplaced = new Map<number, number>();
  readonly #silence = new Silence((ms) => this.#crash(this.#fellSilent(ms)));
  #crashed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#consumer = openConsumer(options);
  }

  /** Resolves once the group is joined; rejects when that fails, and then onCrashed is not called. */
  async open(): Promise<void> {
    const { topic, tuning } = this.#options;
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topic, fromBeginning: true });
    const joined = this.#firstJoin(tuning.rebalanceTimeoutMs + JOIN_MARGIN_MS);
    // awaited below; a rejection before that is not unhandled
    joined.catch(() => undefined);
    this.#listen();
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: WORKERS,
      eachBatch: (payload) => this.#take(payload),
    });
    await joined;
    this.#consumer.on(this.#consumer.events.CRASH, ({ payload }) => this.#crash(payload.error));
  }

  /** Fetches nothing more until deliverFrom(); answers under way are dropped by kafkajs. */
  hold(): void {
    this.#unlessEnding(() => this.#consumer.pause([{ topic: this.#options.topic }]));
  }

  deliverFrom(positions: ReadonlyMap<number, bigint>): void {
    for (const [partition, offset] of positions) this.#seek(partition, offset);
    this.#unlessEnding(() => this.#consumer.resume([{ topic: this.#options.topic }]));
  }

  async commit(positions: ReadonlyMap<number, bigint>): Promise<void> {
    const { topic } = this.#options;
    await this.#consumer.commitOffsets(
      [...positions].map(([partition, offset]) => ({ topic, partition, offset: String(offset) })),
    );
  }

  /** Leaves the group and disconnects; takes up to one fetch. */
  async close(): Promise<void> {
    this.#crashed = true;
    this.#silence.end();
    await this.#consumer.disconnect();
  }

  #firstJoin(withinMs: number): Promise<void> {
    const { events } = this.#consumer;
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new Error(`The group was not joined within ${withinMs} ms.`));
      const timer = setTimeout(late, withinMs).unref();
      this.#consumer.on(events.GROUP_JOIN, () => {
        clearTimeout(timer);
        resolve();
      });
      this.#consumer.on(events.CRASH, ({ payload }) => {
        clearTimeout(timer);
        reject(payload.error);
      });
    });
  }

  #listen(): void {
    const { events } = this.#consumer;
    const { events: report, topic, tuning } = this.#options;
    // kafkajs has gone silent in a rebalance after a broker restart: its word is waited for, but not for ever
    const confirmed = (): void => this.#silence.allow(2 * tuning.sessionTimeoutMs);
    // kafkajs calls these listeners before it fetches anything for the new assignment
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      const partitions = payload.memberAssignment[topic] ?? [];
      // without partitions it fetches nothing, and says nothing between its fetches
      if (partitions.length > 0) confirmed();
      else this.#silence.end();
      this.hold();
      report.onJoined(partitions);
    });
    this.#consumer.on(events.REBALANCING, () => {
      this.#silence.allow(tuning.rebalanceTimeoutMs + REJOIN_MARGIN_MS);
      report.onLost();
    });
    this.#consumer.on(events.HEARTBEAT, () => {
      confirmed();
      report.onConfirmed();
    });
    // an answer of control records and aborted transactions only never gets to eachBatch
    this.#consumer.on(events.START_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize === 0) this.#pass(payload);
    });
  }

  #pass({
    partition,
    firstOffset,
    lastOffset,
  }: {
    partition: number;
    firstOffset: string | null;
    lastOffset: string;
  }): void {
    const piece = { partition, records: [], from: BigInt(firstOffset ?? lastOffset), next: BigInt(lastOffset) + 1n };
    this.#place(partition, this.#options.intake.offer(piece));
  }

  async #take(payload: EachBatchPayload): Promise<void> {
    const batch = payload.batch as typeof payload.batch & FetchedBatch;
    const { partition, messages, fetchedOffset } = batch;
    const { intake, tuning } = this.#options;
    const placement = intake.offer({
      partition,
      records: messages.map((message) => toTopicRecord(partition, message)),
      from: BigInt(fetchedOffset),
      next: BigInt(batch.lastOffset()) + 1n,
    });
    if (!this.#place(partition, placement)) return;
    // resolving the last record makes kafkajs go past the control records behind it
    payload.resolveOffset(messages.at(-1)?.offset ?? batch.lastOffset());
    while (intake.isFull && payload.isRunning()) {
      // kafkajs sends a heartbeat only when one is due, so asking late would halve their rate
      await intake.room(tuning.heartbeatMs / 4);
      await payload.heartbeat();
    }
  }

  #place(partition: number, placement: Placement): boolean {
    if (placement === 'taken') {
      this.#misplaced.delete(partition);
      return true;
    }
    if (placement === 'not_assigned') return false;
    const inARow = (this.#misplaced.get(partition) ?? 0) + 1;
    this.#misplaced.set(partition, inARow);
    if (inARow > MISPLACED_IN_A_ROW) this.#crash(this.#lostPlace(partition, placement.misplaced));
    else this.#seek(partition, placement.misplaced);
    return false;
  }

  #lostPlace(partition: number, expected: bigint): KafkaError {
    return new KafkaError(
      'consumer_crashed',
      `Partition ${partition} of ${this.#options.topic} keeps answering from elsewhere than offset ${expected}. ` +
        'Look whether records were deleted from the topic; a restart tries again.',
    );
  }

  #fellSilent(ms: number): KafkaError {
    return new KafkaError(
      'broker_unavailable',
      `The coordinator of the group has confirmed nothing for ${ms / 1_000} s.`,
    );
  }

  #seek(partition: number, offset: bigint): void {
    this.#unlessEnding(() => this.#consumer.seek({ topic: this.#options.topic, partition, offset: String(offset) }));
  }

  /** kafkajs throws when its group is already gone; the CRASH event that follows says why. */
  #unlessEnding(act: () => void): void {
    try {
      act();
    } catch (error) {
      if ((error as Error).name !== 'KafkaJSNonRetriableError') throw error;
    }
  }

  #crash(error: Error): void {
    if (this.#crashed) return;
    this.#crashed = true;
    this.#silence.end();
    this.#options.events.onCrashed(error);
  }
}
