import { describe, expect, it } from 'vitest';
import type { Receipts } from '../../src/order-shapes.ts';
import { byApp, inProjection, inTopic, isSettled } from './delivery.ts';

const at = '2026-01-15T12:00:00.000Z';
type Projection = Receipts['projections'][number];
const projection = (overrides: Partial<Projection>): Projection => ({
  app: 'analytics',
  projection: 'revenue',
  generation: 1,
  state: 'serving',
  version: 2,
  appliedAt: at,
  parked: false,
  ...overrides,
});
const version = (number: number, isRelayed: boolean): Receipts['versions'][number] => ({
  version: number,
  type: 'OrderConfirmed',
  recordedAt: at,
  relayed: isRelayed ? { partition: 3, offset: 17, at, copies: 1 } : null,
});
const receipts = (overrides: Partial<Receipts>): Receipts => ({
  orderId: 'o',
  isTopicKnown: true,
  versions: [version(1, true), version(2, true)],
  projections: [projection({})],
  away: [],
  ...overrides,
});

describe('how far an event has come', () => {
  it('is settled once it is in the topic and in everything that serves', () => {
    expect(isSettled(receipts({}), 2)).toBe(true);
  });

  it('waits for a version that was not asked about yet', () => {
    expect(isSettled(receipts({}), 3)).toBe(false);
  });

  it('waits for a projection that is behind, but not for a generation that is still filled', () => {
    expect(isSettled(receipts({ projections: [projection({ version: 1 })] }), 2)).toBe(false);
    expect(
      isSettled(receipts({ projections: [projection({}), projection({ state: 'filling', version: 0 })] }), 2),
    ).toBe(true);
  });

  it('does not wait where the order is parked: somebody has to look at it', () => {
    const parked = projection({ version: 1, parked: true });
    expect(inProjection(parked, 2)).toBe('parked');
    expect(isSettled(receipts({ projections: [parked] }), 2)).toBe(true);
  });

  it('has an app where its slowest projection is', () => {
    const later = '2026-01-15T12:00:00.500Z';
    const projections = [projection({ appliedAt: later }), projection({ projection: 'funnel' })];
    expect(byApp(receipts({ projections }), 2)).toEqual([
      { app: 'analytics', reached: 'yes', version: 2, appliedAt: later, projections: ['revenue', 'funnel'] },
    ]);
    const behind = [...projections, projection({ projection: 'status-flow', version: 1 })];
    expect(byApp(receipts({ projections: behind }), 2)[0]).toMatchObject({ reached: 'waiting', version: 1 });
    const parked = [...behind, projection({ projection: 'late', version: 1, parked: true })];
    expect(byApp(receipts({ projections: parked }), 2)[0]?.reached).toBe('parked');
  });

  it('does not call an event lost while Kafka is away', () => {
    const unseen = receipts({ isTopicKnown: false, versions: [version(1, false)] });
    expect(inTopic(unseen, 1)).toBe('unknown');
    expect(isSettled({ ...unseen, projections: [projection({ version: 1 })] }, 1)).toBe(true);
    expect(inTopic(receipts({ versions: [version(1, false)] }), 1)).toBe('waiting');
  });
});
