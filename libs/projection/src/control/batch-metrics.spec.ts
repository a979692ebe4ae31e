import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TopicRecord } from '../feed/consumer-port.ts';
import { measureBatches } from './batch-metrics.ts';

const records = (count: number, ageMs: number): TopicRecord[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ partition: 0, offset: BigInt(at), key: null, value: null, headers: {} },
    timestamp: Date.now() - ageMs,
  }));

let registry: Registry;
let observe: ReturnType<typeof measureBatches>;
beforeEach(() => {
  registry = new Registry();
  observe = measureBatches(registry);
});
const value = async (sample: string): Promise<number> => {
  const line = (await registry.metrics())
    .split('\n')
    .find((text) => text.startsWith(`orderline_projection_${sample} `));
  return Number(line?.split(' ')[1] ?? 0);
};

describe('the metrics of batches', () => {
  it('tell how old events are in hand and when they are committed', async () => {
    const end = observe({ feed: 'main', projections: ['revenue'], records: records(3, 100) });
    expect([await value('relay_delay_seconds_count'), await value('delay_seconds_count')]).toEqual([3, 0]);
    end(true);
    expect(await value('delay_seconds_bucket{le="0.08"}')).toBe(0);
    expect(await value('delay_seconds_bucket{le="60"}')).toBe(3);
    expect(await value('batch_records_sum{feed="main"}')).toBe(3);
    expect(await value('batch_duration_seconds_count{feed="main"}')).toBe(1);
  });

  it('do not count a batch that was given back', async () => {
    observe({ feed: 'main', projections: ['revenue'], records: records(3, 100) })(false);
    expect([await value('delay_seconds_count'), await value('batch_records_count{feed="main"}')]).toEqual([0, 0]);
  });

  it('have no delay of a generation that is filled', async () => {
    observe({ feed: 'revenue-9', projections: ['revenue'], records: records(2, 9_000_000) })(true);
    expect([await value('relay_delay_seconds_count'), await value('delay_seconds_count')]).toEqual([0, 0]);
    expect(await value('batch_records_sum{feed="filling"}')).toBe(2);
  });

  it('look at no more than 256 records of a batch, spread over all of it', async () => {
    const some = [...records(5_000, 1), ...records(5_000, 7_200_000)];
    observe({ feed: 'main', projections: ['revenue'], records: some })(true);
    const count = await value('delay_seconds_count');
    expect(count).toBeLessThanOrEqual(256);
    expect((await value('delay_seconds_bucket{le="3600"}')) / count).toBeCloseTo(0.5, 1);
  });
});
