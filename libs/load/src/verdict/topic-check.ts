import { topicName } from '@orderline/contracts';
import { createTopicReader, type TopicReader } from '@orderline/kafka';

/** A version that is not on the topic as it should be. */
export type TopicFault = {
  readonly kind: 'lost' | 'outOfOrder';
  readonly orderId: string;
  readonly version: number;
  readonly what: string;
};

export type TopicCheck = {
  readonly records: number;
  /** Records that only repeat an earlier one: harmless, delivery is at least once. */
  readonly repeated: number;
  readonly faults: readonly TopicFault[];
};

/** Reads along what the topic has of some orders; records of one order are told in the order of their offsets. */
export class PromisedOnTopic {
  readonly #promised: ReadonlyMap<string, number>;
  readonly #reached = new Map<string, number>();
  readonly #faults: TopicFault[] = [];
  #records = 0;
  #repeated = 0;

  constructor(promised: ReadonlyMap<string, number>) {
    this.#promised = promised;
  }

  add(orderId: string, version: number): void {
    if (!this.#promised.has(orderId)) return;
    this.#records += 1;
    const reached = this.#reached.get(orderId) ?? 0;
    if (version <= reached) this.#repeated += 1;
    else if (version === reached + 1) this.#reached.set(orderId, version);
    else this.#faults.push({ kind: 'outOfOrder', orderId, version, what: `came after version ${reached}` });
  }

  end(): TopicCheck {
    const short = [...this.#promised].filter(([orderId, version]) => (this.#reached.get(orderId) ?? 0) < version);
    const lost = short.map(([orderId, version]): TopicFault => {
      const reached = this.#reached.get(orderId) ?? 0;
      return {
        kind: 'lost',
        orderId,
        version: reached + 1,
        what: `promised up to ${version}, on the topic up to ${reached}`,
      };
    });
    return { records: this.#records, repeated: this.#repeated, faults: [...lost, ...this.#faults] };
  }
}

/** Where the topic ends now: what comes later is read from there. */
export type TopicPlace = {
  readonly check: (promised: ReadonlyMap<string, number>) => Promise<TopicCheck>;
  readonly close: () => Promise<void>;
};

/** Notes the end of the topic. `check` then reads everything since and holds it to what was promised meanwhile. */
export const markTopic = async (brokers: readonly string[]): Promise<TopicPlace> => {
  const reader = createTopicReader({ brokers, clientId: 'orderline-load', topic: topicName });
  const ranges = await reader.logRanges({ maxAgeMs: 0 });
  const from = new Map([...ranges].map(([partition, { latest }]) => [partition, latest]));
  return { check: (promised) => checkFrom(reader, from, promised), close: () => reader.close() };
};

const checkFrom = async (
  reader: TopicReader,
  from: ReadonlyMap<number, bigint>,
  promised: ReadonlyMap<string, number>,
): Promise<TopicCheck> => {
  const onTopic = new PromisedOnTopic(promised);
  for await (const records of reader.read({ from })) {
    for (const { key, headers } of records) onTopic.add(String(key), Number(headers['event-version']));
  }
  return onTopic.end();
};
