import { createDecoder, topicName, type DecodedEvent } from '@orderline/contracts';
import { createRegistryClient, createTopicReader, type TopicRecord } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import { inject } from 'vitest';

export type Published = { record: TopicRecord; event: DecodedEvent };

/** All records of an order in topic order, duplicates too, once there are at least `atLeast`. */
export const recordsOf = async (orderId: string, atLeast: number): Promise<Published[]> => {
  const { kafkaBrokers, registryUrl } = inject('stack');
  const registry = createRegistryClient({ url: registryUrl });
  const decoder = createDecoder((id) => registry.schemaById(id));
  const reader = createTopicReader({ brokers: kafkaBrokers, clientId: 'spec', topic: topicName });
  try {
    return await eventually(
      async () => {
        const found: Published[] = [];
        for await (const chunk of reader.read()) {
          for (const record of chunk) {
            if (record.key?.toString() !== orderId || !record.value) continue;
            found.push({ record, event: await decoder.decode(record.value) });
          }
        }
        if (found.length < atLeast)
          throw new Error(`${found.length} of ${atLeast} records of ${orderId} are on the topic`);
        return found;
      },
      { withinMs: 30_000, everyMs: 200 },
    );
  } finally {
    await reader.close();
  }
};
