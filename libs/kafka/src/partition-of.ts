import kafkajs from 'kafkajs';

const partitioner = kafkajs.Partitioners.DefaultPartitioner();

/** Where the producers of Kafka's own clients put a key when nobody tells them otherwise: murmur2 of its bytes. */
export const partitionOf = (key: string | Buffer, partitionCount: number): number =>
  partitioner({
    topic: '',
    partitionMetadata: Array.from({ length: partitionCount }, (_, partitionId) => ({
      ...{ partitionId, leader: 0, partitionErrorCode: 0 },
      ...{ replicas: [], isr: [] },
    })),
    message: { key, value: null },
  });
