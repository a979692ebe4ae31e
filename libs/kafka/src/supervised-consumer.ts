import { setTimeout as delay } from 'node:timers/promises';
import type { TopicExpectation } from './assert-topic-fit.ts';
import { assertTopicFit } from './assert-topic-fit.ts';
import { createKafka } from './create-kafka.ts';
import { Delivery } from './delivery.ts';
import { GroupSession } from './group-session.ts';
import { Hand } from './hand.ts';
import { isKafkaError, KafkaError } from './kafka-error.ts';
import type { Lease } from './lease.ts';
import { createLease } from './lease.ts';
import { PacedCommit } from './paced-commit.ts';
import { SessionKeeper } from './session-keeper.ts';
import { startingPositions } from './starting-positions.ts';
import type { ConsumerStatus, ConsumerTuning, TopicConsumer, TopicConsumerOptions } from './topic-consumer.ts';
import type { TopicReader } from './topic-reader.ts';
import { createTopicReader } from './topic-reader.ts';

const ASK_AGAIN_MS = 500;
const LAST_COMMIT_WITHIN_MS = 2_000;

const asHandlerFailure = (handler: string, cause: unknown): KafkaError =>
  new KafkaError('handler_failed', `${handler} rejected, so nothing after it can be handled. Its cause says why.`, {
    cause,
  });

/** Puts sessions, positions and delivery together: every assignment is placed anew before anything is delivered. */
export class SupervisedConsumer implements TopicConsumer {
  readonly reader: TopicReader;
  readonly #options: TopicConsumerOptions;
  readonly #tuning: ConsumerTuning;
  readonly #hand: Hand;
  readonly #delivery: Delivery;
  readonly #lease: Lease;
  readonly #commits: PacedCommit;
  readonly #keeper: SessionKeeper;
  #status: ConsumerStatus = 'idle';
  #assigned: readonly number[] = [];
  #assignment = 0;

  constructor(options: TopicConsumerOptions, tuning: ConsumerTuning) {
    this.#options = options;
    this.#tuning = tuning;
    this.reader = createTopicReader(options);
    this.#hand = new Hand(tuning);
    this.#lease = createLease(tuning.sessionTimeoutMs - tuning.heartbeatMs);
    this.#commits = new PacedCommit(tuning.commitEveryMs, () => this.#commit());
    this.#delivery = new Delivery({
      hand: this.#hand,
      isLeaseHeld: () => this.#lease.isHeld(),
      onBatch: (batch) => options.onBatch(batch),
      onHandled: () => this.#commits.touch(),
      onUncertain: () => this.reposition(),
      onFailed: (error) => this.#giveUp(asHandlerFailure('onBatch', error)),
    });
    this.#keeper = new SessionKeeper({
      brokers: options.brokers,
      giveUpAfterMs: tuning.giveUpAfterMs,
      log: options.log,
      prepare: () => this.#prepareSession(),
      onLost: () => this.#lose(),
      onGaveUp: (error) => this.#giveUp(error),
    });
  }

  get status(): ConsumerStatus {
    return this.#status;
  }

  positions(): ReadonlyMap<number, bigint> {
    return this.#hand.positions();
  }

  async start(): Promise<void> {
    this.#status = 'connecting';
    try {
      await this.#keeper.start();
    } catch (error) {
      this.#status = 'crashed';
      await this.reader.close();
      throw error;
    }
  }

  reposition(): void {
    const { session } = this.#keeper;
    if (session === undefined || this.#keeper.hasEnded) return;
    const partitions = this.#assigned;
    this.#revoke();
    session.hold();
    this.#assign(session, partitions);
  }

  async stop(): Promise<void> {
    if (this.#keeper.hasEnded) return;
    this.#keeper.end();
    this.#status = 'stopped';
    await this.#delivery.drain();
    await Promise.race([this.#commit(), delay(LAST_COMMIT_WITHIN_MS, undefined, { ref: false })]);
    this.#revoke();
    await this.#keeper.close();
    await this.reader.close();
  }

  #giveUp(error: KafkaError): void {
    if (this.#status === 'stopped' || this.#status === 'crashed') return;
    this.#status = 'crashed';
    this.#revoke();
    this.#options.onCrash(error);
    this.#keeper.close().catch(() => undefined);
    void this.reader.close();
  }

  get #expectation(): TopicExpectation {
    return this.#options.partitionCount === undefined ? {} : { partitionCount: this.#options.partitionCount };
  }

  async #prepareSession(): Promise<GroupSession> {
    assertTopicFit(await this.reader.facts(), this.#expectation);
    const session: GroupSession = new GroupSession({
      kafka: createKafka(this.#options),
      groupId: this.#options.groupId,
      topic: this.#options.topic,
      tuning: this.#tuning,
      intake: this.#delivery,
      events: {
        onJoined: (partitions) => this.#joined(session, partitions),
        onLost: () => this.#revoke(),
        onConfirmed: () => {
          this.#lease.renew();
          this.#delivery.wake();
        },
        onCrashed: (error) => this.#keeper.crashed(error),
      },
    });
    return session;
  }

  #joined(session: GroupSession, partitions: readonly number[]): void {
    this.#revoke();
    if (this.#keeper.hasEnded) return;
    this.#lease.renew();
    this.#assign(session, partitions);
  }

  #lose(): void {
    this.#revoke();
    if (!this.#keeper.hasEnded) this.#status = 'connecting';
  }

  #revoke(): void {
    const partitions = this.#assigned;
    this.#assignment += 1;
    this.#assigned = [];
    this.#delivery.close();
    this.#commits.cancel();
    if (partitions.length > 0) this.#options.onRevoked?.(partitions);
  }

  #assign(session: GroupSession, partitions: readonly number[]): void {
    const mine = this.#assignment;
    const stands = (): boolean => mine === this.#assignment && !this.#keeper.hasEnded;
    this.#assigned = partitions;
    this.#status = partitions.length === 0 ? 'consuming' : 'assigning';
    if (partitions.length === 0) return;
    this.#place(session, partitions, stands).catch((error: unknown) => {
      if (stands()) this.#giveUp(isKafkaError(error) ? error : asHandlerFailure('onAssigned', error));
    });
  }

  async #place(session: GroupSession, partitions: readonly number[], stands: () => boolean): Promise<void> {
    await this.#delivery.settled();
    const facts = await this.#whileUnavailable(stands, () => this.reader.facts());
    if (facts === undefined) return;
    assertTopicFit(facts, this.#expectation);
    const answered = await this.#options.onAssigned(partitions, facts);
    // asked again: the log may have grown past an older look while the handler took its time
    const ranges = await this.#whileUnavailable(stands, () => this.reader.logRanges({ maxAgeMs: 0 }));
    if (ranges === undefined) return;
    const positions = startingPositions(partitions, answered, ranges);
    assertTopicFit({ ...facts, ranges }, { positions });
    this.#delivery.open(positions);
    session.deliverFrom(positions);
    this.#status = 'consuming';
  }

  /** Undefined once the assignment stands no more. */
  async #whileUnavailable<T>(stands: () => boolean, ask: () => Promise<T>): Promise<T | undefined> {
    while (stands()) {
      try {
        const answer = await ask();
        return stands() ? answer : undefined;
      } catch (error) {
        if (!isKafkaError(error, 'broker_unavailable')) throw error;
        await delay(ASK_AGAIN_MS);
      }
    }
    return undefined;
  }

  async #commit(): Promise<void> {
    const positions = this.#hand.positions();
    const { session } = this.#keeper;
    if (session === undefined || positions.size === 0) return;
    await session.commit(positions).catch((error: unknown) => {
      this.#options.log?.('debug', 'Group offsets were not committed; they are for lag tools only', { error });
    });
  }
}
