import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { isKafkaError, KafkaError } from './kafka-error.ts';
import type { Cluster } from './kafkajs-internals.ts';
import { openCluster } from './kafkajs-internals.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 200;

const typeOf = (error: unknown): unknown => (error as { type?: unknown } | undefined)?.type;

export const isUnknownTopic = (error: unknown): boolean => typeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION';

export const topicMissing = (topic: string, cause: unknown): KafkaError =>
  new KafkaError(
    'topic_missing',
    `There is no topic ${topic} on these brokers. Create it from the declarative topics file; it is never made by itself.`,
    { cause },
  );

/**
 * A connection to one topic without a group. It opens when first used; after a fault it is thrown away and the next
 * try gets a new one, since a kafkajs cluster that has lost its brokers does not always find them again.
 */
export class TopicLink {
  readonly #kafka: Kafka;
  readonly #topic: string;
  #opening: Promise<Cluster> | undefined;

  constructor(kafka: Kafka, topic: string) {
    this.#kafka = kafka;
    this.#topic = topic;
  }

  /** Runs `operation` with a few tries. Errors: topic_missing, broker_unavailable; other KafkaErrors pass through. */
  async run<T>(operation: (cluster: Cluster) => Promise<T>): Promise<T> {
    let last: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await delay(PAUSE_MS);
      this.#opening ??= this.#open();
      const opening = this.#opening;
      try {
        return await operation(await opening);
      } catch (error) {
        if (isKafkaError(error)) throw error;
        await this.#discard(opening);
        last = error;
      }
    }
    if (isUnknownTopic(last)) throw topicMissing(this.#topic, last);
    throw new KafkaError('broker_unavailable', `No broker could answer about ${this.#topic}. Try again later.`, {
      cause: last,
    });
  }

  async close(): Promise<void> {
    if (this.#opening !== undefined) await this.#discard(this.#opening);
  }

  async #open(): Promise<Cluster> {
    const cluster = openCluster(this.#kafka);
    try {
      await cluster.connect();
      await cluster.addTargetTopic(this.#topic);
      return cluster;
    } catch (error) {
      await cluster.disconnect();
      throw error;
    }
  }

  async #discard(opening: Promise<Cluster>): Promise<void> {
    if (this.#opening === opening) this.#opening = undefined;
    const cluster = await opening.catch(() => undefined);
    await cluster?.disconnect().catch(() => undefined);
  }
}
