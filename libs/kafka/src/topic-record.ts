import type { IHeaders, KafkaMessage } from 'kafkajs';

/** One record as it lies in the topic. `timestamp` is epoch milliseconds; a null value is a tombstone. */
export type TopicRecord = {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** UTF-8 text; of a header given twice the last one, and null values are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timestamp: number;
};

const headerText = (headers: IHeaders | undefined): Record<string, string> => {
  const text: Record<string, string> = {};
  for (const [name, given] of Object.entries(headers ?? {})) {
    const value = Array.isArray(given) ? given.at(-1) : given;
    // kafkajs types leave out that a null header arrives as null
    if (value != null) text[name] = value.toString();
  }
  return text;
};

/** Headers are made into text when first looked at: a projection that never does pays nothing for a dozen of them. */
class FetchedRecord implements TopicRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestamp: number;
  #raw: IHeaders | undefined;
  #text: Record<string, string> | undefined;

  constructor(partition: number, message: KafkaMessage) {
    this.partition = partition;
    this.offset = BigInt(message.offset);
    this.key = message.key;
    this.value = message.value;
    this.timestamp = Number(message.timestamp);
    this.#raw = message.headers;
  }

  get headers(): Readonly<Record<string, string>> {
    if (this.#text === undefined) {
      this.#text = headerText(this.#raw);
      this.#raw = undefined;
    }
    return this.#text;
  }
}

export const toTopicRecord = (partition: number, message: KafkaMessage): TopicRecord =>
  new FetchedRecord(partition, message);
