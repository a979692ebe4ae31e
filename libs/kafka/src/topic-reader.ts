import type { Kafka } from 'kafkajs';
import type { KafkaOptions } from './create-kafka.ts';
import { createKafka } from './create-kafka.ts';
import { KafkaError } from './kafka-error.ts';
import type { Cluster, FetchedBatch } from './kafkajs-internals.ts';
import { FetchedBatchOf, readCommitted } from './kafkajs-internals.ts';
import type { LogRange, TopicFacts } from './topic-facts.ts';
import { readTopicSettings } from './topic-facts.ts';
import { TopicLink } from './topic-link.ts';
import type { TopicRecord } from './topic-record.ts';
import { toTopicRecord } from './topic-record.ts';

export type ReadRange = {
  /** First offset wanted, by partition; default the first kept. */
  readonly from?: ReadonlyMap<number, bigint>;
  /** First offset not wanted any more, by partition; default, and at most, the end at the moment of the call. */
  readonly to?: ReadonlyMap<number, bigint>;
  readonly partitions?: readonly number[];
};

/** Reads a topic without being a member of any group: nothing is committed, nobody is rebalanced. */
export type TopicReader = {
  facts(): Promise<TopicFacts>;
  /** Cheap: one look-up serves all callers for `maxAgeMs` (default 1,000). */
  logRanges(options?: { maxAgeMs?: number }): Promise<ReadonlyMap<number, LogRange>>;
  /** The record at exactly this offset; undefined when there is none (control record, aborted, outside the log). */
  readRecord(partition: number, offset: bigint): Promise<TopicRecord | undefined>;
  /** The first offset of the partition whose record has this timestamp (epoch milliseconds) or a later one; undefined when none has. */
  offsetAt(partition: number, timestamp: number): Promise<bigint | undefined>;
  /** Chunks of committed records, each of one partition and in offset order within it; ends at `to`. */
  read(range?: ReadRange): AsyncGenerator<readonly TopicRecord[]>;
  close(): Promise<void>;
};

export type TopicReaderOptions = KafkaOptions & { readonly topic: string };

const FETCH_BYTES = 8 * 1024 * 1024;
const FETCH_BYTES_PER_PARTITION = 1024 * 1024;
const FETCH_WAIT_MS = 250;
/** Someone waits for the answer of a look-up: better to say soon that there is none. */
const IMPATIENT = { requestTimeoutMs: 5_000, retries: 2 };
const NOTHING: LogRange = { earliest: 0n, latest: 0n };

const fetchFrom = async (
  cluster: Cluster,
  topic: string,
  positions: ReadonlyMap<number, bigint>,
  maxBytes: number,
): Promise<FetchedBatch[]> => {
  const leaders = Object.entries(cluster.findLeaderForPartitions(topic, [...positions.keys()]));
  const answers = leaders.map(async ([nodeId, partitions]) => {
    const broker = await cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      maxWaitTime: FETCH_WAIT_MS,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      isolationLevel: readCommitted,
      topics: [
        {
          topic,
          partitions: partitions.map((partition) => ({
            partition,
            fetchOffset: String(positions.get(partition) ?? 0n),
            maxBytes,
          })),
        },
      ],
    });
    return responses
      .flatMap((response) => response.partitions)
      .map((answer) => new FetchedBatchOf(topic, String(positions.get(answer.partition) ?? 0n), answer));
  });
  return (await Promise.all(answers)).flat();
};

const offsetsOf = async (cluster: Cluster, topic: string, fromBeginning: boolean): Promise<Map<number, bigint>> => {
  const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
  const [answer] = await cluster.fetchTopicsOffset([{ topic, fromBeginning, partitions }]);
  return new Map((answer?.partitions ?? []).map(({ partition, offset }) => [partition, BigInt(offset)]));
};

type Course = { readonly position: bigint; readonly end: bigint };

const courseThrough = (partition: number, { earliest, latest }: LogRange, { from, to }: ReadRange): Course => {
  const wanted = to?.get(partition) ?? latest;
  return { position: from?.get(partition) ?? earliest, end: wanted < latest ? wanted : latest };
};

const planCourses = (range: ReadRange, log: ReadonlyMap<number, LogRange>): Map<number, Course> => {
  const courses = new Map<number, Course>();
  for (const partition of range.partitions ?? log.keys()) {
    const course = courseThrough(partition, log.get(partition) ?? NOTHING, range);
    if (course.position < course.end) courses.set(partition, course);
  }
  return courses;
};

const recordsUpTo = (end: bigint, { partition, messages }: FetchedBatch): TopicRecord[] =>
  messages.map((message) => toTopicRecord(partition, message)).filter(({ offset }) => offset < end);

/** Undefined for an answer without any record: another partition used up its bytes, and it stays where it is. */
const positionAfter = (batch: FetchedBatch): bigint | undefined =>
  batch.messages.length > 0 || batch.isEmptyDueToFiltering() ? BigInt(batch.lastOffset()) + 1n : undefined;

const isOutOfRange = (error: unknown): boolean => (error as Error | undefined)?.name === 'KafkaJSOffsetOutOfRange';

const outsideLog = (topic: string, cause: unknown): KafkaError =>
  new KafkaError(
    'offset_outside_log',
    `${topic} does not hold the offset to read from. Ask logRanges() for what it holds.`,
    {
      cause,
    },
  );

class LinkedReader implements TopicReader {
  readonly #kafka: Kafka;
  readonly #topic: string;
  readonly #link: TopicLink;
  #ranges: { readonly askedAt: number; readonly answer: Promise<ReadonlyMap<number, LogRange>> } | undefined;

  constructor({ topic, ...options }: TopicReaderOptions) {
    this.#kafka = createKafka({ ...options, ...IMPATIENT });
    this.#topic = topic;
    this.#link = new TopicLink(this.#kafka, topic);
  }

  async facts(): Promise<TopicFacts> {
    const settings = await readTopicSettings(this.#kafka, this.#topic);
    return { ...settings, ranges: await this.logRanges({ maxAgeMs: 0 }) };
  }

  logRanges({ maxAgeMs = 1_000 } = {}): Promise<ReadonlyMap<number, LogRange>> {
    const now = performance.now();
    if (this.#ranges !== undefined && now - this.#ranges.askedAt < maxAgeMs) return this.#ranges.answer;
    const answer = this.#link.run((cluster) => this.#askRanges(cluster));
    const asked = { askedAt: now, answer };
    this.#ranges = asked;
    answer.catch(() => {
      if (this.#ranges === asked) this.#ranges = undefined;
    });
    return answer;
  }

  async readRecord(partition: number, offset: bigint): Promise<TopicRecord | undefined> {
    if (offset < 0n) return undefined;
    // one byte asks for the one record batch that the offset lies in
    const batches = await this.#link.run((cluster) =>
      fetchFrom(cluster, this.#topic, new Map([[partition, offset]]), 1).catch((error: unknown) => {
        if (isOutOfRange(error)) return [];
        throw error;
      }),
    );
    const message = batches[0]?.messages[0];
    return message?.offset === String(offset) ? toTopicRecord(partition, message) : undefined;
  }

  async offsetAt(partition: number, timestamp: number): Promise<bigint | undefined> {
    const question = { topic: this.#topic, fromTimestamp: timestamp, partitions: [{ partition }] };
    const [answer] = await this.#link.run((cluster) => cluster.fetchTopicsOffset([question]));
    const offset = BigInt(answer?.partitions[0]?.offset ?? -1);
    return offset < 0n ? undefined : offset;
  }

  async *read(range: ReadRange = {}): AsyncGenerator<readonly TopicRecord[]> {
    let courses = planCourses(range, await this.logRanges({ maxAgeMs: 0 }));
    while (courses.size > 0) {
      const next = new Map(courses);
      for (const batch of await this.#fetch(courses)) {
        const course = courses.get(batch.partition);
        if (course === undefined) continue;
        const records = recordsUpTo(course.end, batch);
        if (records.length > 0) yield records;
        const position = positionAfter(batch) ?? course.position;
        if (position < course.end) next.set(batch.partition, { ...course, position });
        else next.delete(batch.partition);
      }
      courses = next;
    }
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #fetch(courses: ReadonlyMap<number, Course>): Promise<FetchedBatch[]> {
    const positions = new Map([...courses].map(([partition, { position }]) => [partition, position]));
    return this.#link.run((cluster) =>
      fetchFrom(cluster, this.#topic, positions, FETCH_BYTES_PER_PARTITION).catch((error: unknown) => {
        if (isOutOfRange(error)) throw outsideLog(this.#topic, error);
        throw error;
      }),
    );
  }

  async #askRanges(cluster: Cluster): Promise<ReadonlyMap<number, LogRange>> {
    await cluster.refreshMetadataIfNecessary();
    const [earliest, latest] = await Promise.all([
      offsetsOf(cluster, this.#topic, true),
      offsetsOf(cluster, this.#topic, false),
    ]);
    return new Map(
      [...latest].map(([partition, end]) => [partition, { earliest: earliest.get(partition) ?? 0n, latest: end }]),
    );
  }
}

/** Connects when first used. Every call may throw KafkaError topic_missing, broker_unavailable; read() also offset_outside_log. */
export const createTopicReader = (options: TopicReaderOptions): TopicReader => new LinkedReader(options);
