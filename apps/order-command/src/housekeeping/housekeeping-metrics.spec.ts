import { Registry } from '@orderline/service-host';
import { describe, expect, it } from 'vitest';
import { createHousekeepingMetrics } from './housekeeping-metrics.ts';

const dayMs = 86_400_000;
const partitionOf = (at: number): string => `outbox_${new Date(at).toISOString().slice(0, 10).replaceAll('-', '_')}`;
const nothing = { made: [], outbox: [], expiredReceipts: [], filledDefaults: [] };
const metricsAfter = (report: Parameters<ReturnType<typeof createHousekeepingMetrics>['done']>[0]) => {
  const registry = new Registry();
  createHousekeepingMetrics(registry).done(report);
  return async (name: string): Promise<number> =>
    Number(new RegExp(`^orderline_${name} (\\S+)$`, 'mu').exec(await registry.metrics())?.[1]);
};

describe('the metrics of housekeeping', () => {
  it('tell for how long the oldest outbox partition has been held, and that a round came to its end', async () => {
    const value = metricsAfter({
      ...nothing,
      outbox: [
        { partition: partitionOf(Date.now() - dayMs), outcome: 'held_by_relay' },
        { partition: partitionOf(Date.now() - 3 * dayMs), outcome: 'held_by_open_transaction' },
        { partition: partitionOf(Date.now() - 9 * dayMs), outcome: 'dropped' },
      ],
      filledDefaults: ['event_default'],
    });
    const heldDays = (await value('outbox_held_seconds')) / 86_400;
    expect(heldDays).toBeGreaterThan(1.9);
    expect(heldDays).toBeLessThan(3.1);
    expect([await value('outbox_held_partitions'), await value('filled_default_partitions')]).toEqual([2, 1]);
    expect(Math.abs((await value('housekeeping_success_timestamp_seconds')) - Date.now() / 1_000)).toBeLessThan(5);
  });

  it('are 0 where nothing is held', async () => {
    const value = metricsAfter(nothing);
    expect([await value('outbox_held_seconds'), await value('outbox_held_partitions')]).toEqual([0, 0]);
  });
});
