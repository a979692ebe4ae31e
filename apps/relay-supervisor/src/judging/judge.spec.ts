import { describe, expect, it } from 'vitest';
import type { SlotState } from '../slot/slot.ts';
import { judge } from './judge.ts';
import type { Observation } from './observation.ts';

const now = Date.parse('2026-01-15T14:05:00Z');
const slot: SlotState = {
  active: true,
  walStatus: 'reserved',
  invalidation: null,
  confirmed: 0x1_0000_1000n,
  retainedBytes: 1_000,
  lagBytes: 100,
  limitBytes: 4_000,
};
const well: Observation = {
  at: now,
  status: { connector: 'RUNNING', task: 'RUNNING', trace: undefined },
  delivered: { position: 0x1_0000_2000n, at: now - 3_000 },
  lastDelivered: undefined,
  slot,
  loss: undefined,
  lastHeartbeatAt: now - 4_000,
  lastRecordAt: now - 1_000,
  topicEnd: 12,
};
const seen = (change: Partial<Observation>) => judge({ ...well, ...change }, { heartbeatStaleMs: 12_000 });
const says = (connector: Observation['status']['connector'], task = connector, trace?: string) =>
  seen({ status: { connector, task, trace } });

describe('a relay that works', () => {
  it('flows while events come to Kafka, is idle when none did of late, and needs nothing', () => {
    expect(seen({})).toEqual({ state: 'flowing', advice: null, restartAfterMs: null, loss: undefined });
    expect(seen({ lastRecordAt: now - 60_000 })).toMatchObject({ state: 'idle', advice: null });
    expect(seen({ lastRecordAt: undefined })).toMatchObject({ state: 'idle' });
  });

  it('says when it holds more than half of the WAL that is kept for it', () => {
    expect(seen({ slot: { ...slot, retainedBytes: 3_000 } })).toMatchObject({
      state: 'flowing',
      advice: expect.stringContaining('75 %') as string,
    });
    expect(seen({ slot: { ...slot, retainedBytes: 3_000, limitBytes: null } }).advice).toBeNull();
  });
});

describe('a connector that has failed', () => {
  it('is restarted at once, and its cause is told without the stack', () => {
    const trace =
      'org.apache.kafka.X: no\n\tat a.b\nCaused by: io.debezium.Y: outer\n\tat c\nCaused by: Z: it broke\n\tat d';
    expect(says('RUNNING', 'FAILED', trace)).toMatchObject({
      state: 'restarting',
      restartAfterMs: 0,
      advice: 'The connector failed: Z: it broke',
    });
    expect(says('FAILED')).toMatchObject({ state: 'restarting', restartAfterMs: 0 });
  });
});

describe('a status that says RUNNING', () => {
  it('is not believed when nobody reads from the slot', () => {
    expect(seen({ slot: { ...slot, active: false } })).toMatchObject({ state: 'restarting', restartAfterMs: 5_000 });
  });

  it('is not believed when no heartbeat comes to Kafka', () => {
    expect(seen({ lastHeartbeatAt: now - 21_000 })).toMatchObject({
      state: 'restarting',
      restartAfterMs: 5_000,
      advice: expect.stringContaining('None for 21 s') as string,
    });
    expect(seen({ lastHeartbeatAt: undefined })).toMatchObject({ state: 'restarting' });
  });
});

describe('what no restart helps against', () => {
  it.each(['UNREACHABLE', 'MISSING', 'PAUSED', 'STOPPED'] as const)('is told with what to do: %s', (said) => {
    const verdict = says(said);
    expect(verdict).toMatchObject({ state: 'stopped', restartAfterMs: null });
    expect(verdict.advice).not.toBeNull();
  });

  it('is a database that is away', () => {
    expect(seen({ slot: 'unknown', status: { connector: 'RUNNING', task: 'FAILED', trace: 'x' } })).toMatchObject({
      state: 'stopped',
      restartAfterMs: null,
    });
  });
});

describe('a slot that is lost', () => {
  const after = well.delivered?.position ?? null;
  it.each([
    ['missing', 'missing', null],
    ['invalidated', { ...slot, active: false, walStatus: 'lost', invalidation: 'wal_removed' }, null],
    ['advanced', { ...slot, confirmed: 0x1_0000_2001n }, 0x1_0000_2001n],
  ] as const)('is told with the range that may be missing, and no restart hides it: %s', (kind, found, until) => {
    const verdict = seen({ slot: found, status: { connector: 'RUNNING', task: 'FAILED', trace: 'x' } });
    expect(verdict).toMatchObject({ state: 'lost', restartAfterMs: null });
    expect(verdict.loss).toEqual({ kind, after, afterTime: now - 3_000, until });
    expect(verdict.advice).toContain('after 1/2000 (2026-01-15T14:04:57.000Z)');
    expect(verdict.advice).toContain('npm run orderline -- relay heal');
  });

  it('is not one that confirms what was delivered, to the very position', () => {
    expect(seen({ slot: { ...slot, confirmed: 0x1_0000_2000n } }).loss).toBeUndefined();
    expect(seen({ delivered: undefined }).loss).toBeUndefined();
  });

  it('has its range by what Connect said last, where Connect does not answer; that alone makes no slot ahead', () => {
    const lastDelivered = { position: 0x1_0000_0800n, at: null };
    const silent = {
      delivered: undefined,
      lastDelivered,
      status: { connector: 'UNREACHABLE', task: 'UNREACHABLE' } as const,
    };
    const status = { ...silent.status, trace: undefined };
    expect(seen({ ...silent, status, slot: 'missing' }).loss).toMatchObject({ after: lastDelivered.position });
    expect(seen({ ...silent, status }).loss).toBeUndefined();
  });

  it('stays told while what it left out is not sent again, though the relay works', () => {
    const loss = { kind: 'advanced', after: 1n, afterTime: null, until: 16n, seenAt: now - 60_000 } as const;
    expect(seen({ loss })).toMatchObject({ state: 'lost', loss: undefined, restartAfterMs: null });
    expect(seen({ loss }).advice).toContain('after 0/1 and up to 0/10');
    expect(seen({ loss, status: { connector: 'RUNNING', task: 'FAILED', trace: 'x' } })).toMatchObject({
      state: 'lost',
      restartAfterMs: 0,
    });
  });
});
