import { Registry } from '@orderline/service-host';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../judging/observation.ts';
import { RelayMetrics } from './relay-metrics.ts';
import type { Seen, Supervisor } from './supervisor.ts';

const observation = (changes: Partial<Observation> = {}): Observation => ({
  at: Date.now() - 1_000,
  status: { connector: 'RUNNING', task: 'RUNNING', trace: undefined },
  delivered: { position: 7n, at: Date.now() - 5_000 },
  lastDelivered: { position: 7n, at: Date.now() - 5_000 },
  slot: {
    ...{ active: true, walStatus: 'reserved', invalidation: null, confirmed: 7n },
    ...{ retainedBytes: 3_000, lagBytes: 200, limitBytes: 4_000 },
  },
  loss: undefined,
  lastHeartbeatAt: Date.now() - 2_000,
  lastRecordAt: undefined,
  topicEnd: 1_234,
  ...changes,
});
const seenAs = (changes: Partial<Observation> = {}): Seen => ({
  ...{
    state: 'idle',
    advice: null,
    restartAfterMs: null,
    loss: undefined,
    since: 0,
    restarts: 2,
    restartDueAt: undefined,
  },
  observation: observation(changes),
});

let seen: Seen | undefined;
let registry: Registry;
beforeEach(() => {
  seen = undefined;
  registry = new Registry();
  new RelayMetrics({ lastSeen: () => seen } as unknown as Supervisor, registry);
});
const value = async (sample: string): Promise<number | undefined> => {
  const line = (await registry.metrics()).split('\n').find((text) => text.startsWith(`orderline_relay_${sample} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
};

describe('the metrics of the relay', () => {
  it('tell the last look', async () => {
    seen = seenAs();
    const told = ['wal_retained_bytes', 'wal_retained_limit_bytes', 'slot_lag_bytes', 'slot_active', 'topic_offsets'];
    expect(await Promise.all(told.map(value))).toEqual([3_000, 4_000, 200, 1, 1_234]);
    expect([await value('state{state="idle"}'), await value('state{state="lost"}')]).toEqual([1, 0]);
    expect([await value('restarts_total'), await value('loss_open')]).toEqual([2, 0]);
  });

  it('tell how old heartbeat, delivery and look are, at the time of the scrape', async () => {
    seen = seenAs();
    expect(await value('heartbeat_age_seconds')).toBeCloseTo(2, 0);
    expect(await value('delivered_age_seconds')).toBeCloseTo(5, 0);
    expect(await value('look_age_seconds')).toBeCloseTo(1, 0);
  });

  it('go on counting from the last known delivery while Connect does not answer', async () => {
    seen = seenAs({ delivered: undefined, lastDelivered: { position: 7n, at: Date.now() - 90_000 } });
    expect(await value('delivered_age_seconds')).toBeCloseTo(90, 0);
  });

  it('leave out what nobody could read, and are never 0 for it', async () => {
    expect(await value('look_age_seconds')).toBeUndefined();
    seen = seenAs({ slot: 'unknown', lastDelivered: undefined, lastHeartbeatAt: undefined, topicEnd: undefined });
    const unread = ['wal_retained_bytes', 'delivered_age_seconds', 'heartbeat_age_seconds', 'topic_offsets'];
    expect(await Promise.all(unread.map(value))).toEqual([undefined, undefined, undefined, undefined]);
  });
});
