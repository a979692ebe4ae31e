import { describe, expect, it } from 'vitest';
import type { Hop, Pipeline } from '../../src/shapes.ts';
import { after, kept, nothingYet, type Live, type Point } from './live.ts';

const second = (count: number): string => new Date(Date.UTC(2026, 0, 15, 12, 0, count)).toISOString();
const hop = (ratePerSecond: number | null): Hop => ({
  id: 'topic',
  kind: 'topic',
  name: 'Kafka',
  state: 'up',
  since: second(0),
  advice: null,
  ratePerSecond,
  lagEvents: null,
  lagSeconds: 0.2,
  delay: null,
});
const pipelineAt = (count: number): Pipeline => ({
  at: second(count),
  hops: [hop(count)],
  parts: [],
  wal: null,
  away: [],
});
const point = (count: number): Point => ({
  at: second(count),
  ratePerSecond: { topic: count },
  lagSeconds: { topic: 0.2 },
});

describe('what the stream has told', () => {
  it('grows by a point with every second', () => {
    const live = [1, 2].reduce<Live>((seen, at) => after(seen, { kind: 'pipeline', told: pipelineAt(at) }), nothingYet);
    expect(live.points).toEqual([point(1), point(2)]);
    expect(live.pipeline?.at).toBe(second(2));
  });

  it('does not show a second twice that the history held already', () => {
    const withHistory = after(nothingYet, { kind: 'history', told: { points: [point(1), point(2)] } });
    expect(after(withHistory, { kind: 'pipeline', told: pipelineAt(2) }).points).toEqual([point(1), point(2)]);
  });

  it('takes the history of a stream that opened again for its own', () => {
    const before = after(nothingYet, { kind: 'pipeline', told: pipelineAt(1) });
    expect(after(before, { kind: 'history', told: { points: [point(1), point(2), point(3)] } }).points).toHaveLength(3);
  });

  it('keeps ten minutes, the latest', () => {
    const points = Array.from({ length: kept }, (_, index) => point(index));
    const full = after(nothingYet, { kind: 'history', told: { points } });
    const next = after(full, { kind: 'pipeline', told: pipelineAt(kept) });
    expect(next.points).toHaveLength(kept);
    expect(next.points.at(-1)).toEqual(point(kept));
  });

  it('still shows the last it was told while the connection is lost', () => {
    const told = after(nothingYet, { kind: 'pipeline', told: pipelineAt(1) });
    const lost = after(told, { kind: 'lost' });
    expect(lost.connection).toBe('lost');
    expect(lost.pipeline).toBe(told.pipeline);
    expect(after(lost, { kind: 'opened' }).connection).toBe('open');
  });
});
