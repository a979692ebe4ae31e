import { topicName } from '@orderline/contracts';

/**
 * The topic as infra/kafka/topics.json declares it. One with another number of partitions is refused: a key may then lie in
 * two of them, and two instances would apply one order side by side.
 */
export const orderTopic = { topic: topicName, partitionCount: 12 } as const;
