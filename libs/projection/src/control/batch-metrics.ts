import { Histogram, type Registry } from 'prom-client';
import type { BatchObserver, ObservedBatch } from '../feed/batch-observer.ts';

const delayBuckets = [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.5, 5, 15, 60, 300, 3_600];
const secondsBuckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10];
const sizeBuckets = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384];

/**
 * What the batches of this instance tell. Delays are of what serves: one that is filled takes in events of any age. They
 * are measured by this machine's clock against the database's.
 */
export const measureBatches = (registry: Registry): BatchObserver => {
  const histogram = (name: string, help: string, buckets: number[], labelNames: string[] = []): Histogram =>
    new Histogram({ name: `orderline_projection_${name}`, help, buckets, labelNames, registers: [registry] });
  const relayed = histogram(
    'relay_delay_seconds',
    'From the commit of an event to its record in the hand of this instance',
    delayBuckets,
  );
  const visible = histogram(
    'delay_seconds',
    'From the commit of an event to its effect in the read model, by this instance',
    delayBuckets,
  );
  const seconds = histogram('batch_duration_seconds', 'Time of a batch until its commit', secondsBuckets, ['feed']);
  const sizes = histogram('batch_records', 'Records of a committed batch', sizeBuckets, ['feed']);
  return ({ feed, records }) => {
    const isMain = feed === 'main';
    const began = performance.now();
    if (isMain) observeAges(relayed, records);
    return (committed) => {
      if (!committed) return;
      if (isMain) observeAges(visible, records);
      const labels = { feed: isMain ? 'main' : 'filling' };
      seconds.observe(labels, (performance.now() - began) / 1_000);
      sizes.observe(labels, records.length);
    };
  };
};

/** Of a large batch, which is a backlog, evenly spread ones only: all of them would cost 2 % of taking it in. */
const mostObserved = 256;

const observeAges = (histogram: Histogram, records: ObservedBatch['records']): void => {
  const now = Date.now();
  const step = Math.ceil(records.length / mostObserved);
  for (let at = 0; at < records.length; at += step) {
    const record = records[at];
    if (record !== undefined) histogram.observe(Math.max(0, now - record.timestamp) / 1_000);
  }
};
