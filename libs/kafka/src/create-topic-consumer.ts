import { SupervisedConsumer } from './supervised-consumer.ts';
import type { ConsumerTuning, TopicConsumer, TopicConsumerOptions } from './topic-consumer.ts';

const defaults: ConsumerTuning = {
  maxRecords: 5_000,
  maxBytes: 4 * 1024 * 1024,
  // measured: larger answers are slower, and cost memory twice while they are put together
  fetchBytes: 2 * 1024 * 1024,
  fetchBytesPerPartition: 512 * 1024,
  fetchWaitMs: 250,
  sessionTimeoutMs: 6_000,
  heartbeatMs: 1_500,
  rebalanceTimeoutMs: 15_000,
  commitEveryMs: 1_000,
  giveUpAfterMs: 300_000,
};

/**
 * A group member that keeps its own positions: at least once, in order and without a gap per partition, from the
 * offsets that onAssigned answers. Everything in hand of all partitions goes into one onBatch at a time while the next
 * records are fetched, so that one flush serves them all and a lone record waits for nobody.
 *
 * Nothing fetched from elsewhere than the expected offset reaches onBatch. Membership is kept while onBatch takes its
 * time, and `isStale()` tells when it was lost. Lost brokers are sought again with back-off; what cannot heal by itself
 * ends in onCrash. Group offsets in Kafka are written for lag tools and never read.
 */
export const createTopicConsumer = (options: TopicConsumerOptions): TopicConsumer =>
  new SupervisedConsumer(options, { ...defaults, ...options.tuning });
