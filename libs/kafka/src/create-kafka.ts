import kafkajs from 'kafkajs';
import type { Kafka } from 'kafkajs';
import { registerCodecs } from './compression.ts';
import { hardenKafkajs } from './harden-kafkajs.ts';
import type { KafkaLog } from './kafka-log.ts';
import { translateKafkajsLog } from './kafka-log.ts';

export type KafkaOptions = {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log?: KafkaLog;
  /** A request without an answer for this long counts as a lost connection; default 10,000. */
  readonly requestTimeoutMs?: number;
  /** Tries after the first, from 100 ms on and doubling to 2 s; default 8, about ten seconds. */
  readonly retries?: number;
};

/**
 * kafkajs with its known faults mended: no idle timer loop, no silent jump after an offset out of range, all four
 * codecs readable, calm logs.
 */
export const createKafka = (options: KafkaOptions): Kafka => {
  const { brokers, clientId, log, requestTimeoutMs = 10_000, retries = 8 } = options;
  hardenKafkajs();
  registerCodecs();
  const translate = log === undefined ? undefined : translateKafkajsLog(log);
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries },
    logLevel: translate === undefined ? kafkajs.logLevel.NOTHING : kafkajs.logLevel.INFO,
    logCreator: () => (entry) => translate?.(entry),
  });
};
