import {
  createRegistryClient,
  createTopicReader,
  isKafkaError,
  type TopicReader,
  type TopicRecord,
} from '@orderline/kafka';
import { avroReader } from './avro-reader.ts';
import { asEvent, recordForm, type RecordEvent } from './read-record.ts';
import { TopicIndex } from './topic-index.ts';

export type TopicPlace = {
  readonly kafkaBrokers: readonly string[];
  readonly registryUrl: string;
  readonly topic: string;
};

/** The topic as it is read bit by bit. */
export type FollowedTopic = {
  readonly index: TopicIndex;
  /** Next offset to be read, by partition. */
  readonly positions: ReadonlyMap<number, bigint>;
  /** Takes in what has come since the last call, up to the end at the moment of this one. */
  catchUp(onRead?: (records: number) => void): Promise<void>;
  /** Everything that the record at this place says of its event (`recordForm`); undefined when there is none any more. */
  formAt(partition: number, offset: bigint): Promise<string | undefined>;
  close(): Promise<void>;
};

type WriterSchema = { readonly type: string; readonly read: ReturnType<typeof avroReader> };

/** Writer's schemas by id; undefined for one that the registry does not have or that is no record. */
class WriterSchemas {
  readonly #registry: ReturnType<typeof createRegistryClient>;
  readonly #known = new Map<number, WriterSchema | undefined>();

  constructor(url: string) {
    this.#registry = createRegistryClient({ url, timeoutMs: 10_000 });
  }

  has(id: number): boolean {
    return this.#known.has(id);
  }

  get(id: number): WriterSchema | undefined {
    return this.#known.get(id);
  }

  async load(id: number): Promise<void> {
    this.#known.set(id, await this.#find(id));
  }

  async #find(id: number): Promise<WriterSchema | undefined> {
    let text: string;
    try {
      text = await this.#registry.schemaById(id);
    } catch (error) {
      if (isKafkaError(error) && error.code === 'unknown_schema') return undefined;
      throw error;
    }
    try {
      const { name = '', namespace = '' } = JSON.parse(text) as { name?: string; namespace?: string };
      const type = name.slice(name.lastIndexOf('.') + 1);
      return namespace === 'orderline.orders' || name.startsWith('orderline.orders.')
        ? { type, read: avroReader(text) }
        : undefined;
    } catch {
      return undefined;
    }
  }
}

const headerLength = 5;
const schemaIdOf = (value: Buffer): number =>
  value.length > headerLength && value[0] === 0 ? value.readInt32BE(1) : -1;

class Follower implements FollowedTopic {
  readonly index = new TopicIndex();
  readonly positions = new Map<number, bigint>();
  readonly #reader: TopicReader;
  readonly #schemas: WriterSchemas;

  constructor({ kafkaBrokers, registryUrl, topic }: TopicPlace) {
    this.#reader = createTopicReader({ brokers: kafkaBrokers, clientId: 'orderline-audit', topic });
    this.#schemas = new WriterSchemas(registryUrl);
  }

  async catchUp(onRead?: (records: number) => void): Promise<void> {
    for await (const records of this.#reader.read({ from: this.positions })) {
      for (const { value } of records) {
        const id = value === null ? -1 : schemaIdOf(value);
        if (id >= 0 && !this.#schemas.has(id)) await this.#schemas.load(id);
      }
      for (const record of records) this.index.add(record, this.#read(record));
      const last = records.at(-1);
      if (last !== undefined) this.positions.set(last.partition, last.offset + 1n);
      onRead?.(this.index.records);
    }
  }

  async formAt(partition: number, offset: bigint): Promise<string | undefined> {
    const record = await this.#reader.readRecord(partition, offset);
    const event = record === undefined ? undefined : this.#read(record);
    return record === undefined || event === undefined ? undefined : recordForm(event, record);
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  #read({ value }: TopicRecord): RecordEvent | undefined {
    const schema = value === null ? undefined : this.#schemas.get(schemaIdOf(value));
    if (value === null || schema === undefined) return undefined;
    try {
      return asEvent(schema.type, schema.read(value, headerLength));
    } catch {
      return undefined;
    }
  }
}

/** Reads the topic from its first record, without a group. Errors are those of the topic reader and the registry client. */
export const followTopic = (place: TopicPlace): FollowedTopic => new Follower(place);
