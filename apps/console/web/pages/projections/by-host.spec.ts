import { describe, expect, it } from 'vitest';
import type { Generation } from '../../../src/shapes.ts';
import { byHost } from './by-host.ts';

const generation = (overrides: Partial<Generation>): Generation => ({
  app: 'analytics',
  name: 'revenue',
  version: 1,
  generation: 1,
  state: 'serving',
  partitions: [],
  lagEvents: 0,
  lagSeconds: 0,
  ratePerSecond: 0,
  applied: 0,
  duplicates: 0,
  parked: 0,
  rebuild: null,
  comparison: null,
  verifiedAt: null,
  delay: null,
  ...overrides,
});
const stepsWith = (...states: Generation['state'][]): string[] =>
  byHost(states.map((state, index) => generation({ state, generation: index + 1 })))[0]?.projections[0]?.steps ?? [];

describe('projections and what may be done with them', () => {
  it('shows the generation that serves before the one beside it', () => {
    const [host] = byHost([generation({ generation: 1, state: 'standby' }), generation({ generation: 2 })]);
    expect(host?.projections[0]?.generations.map(({ state }) => state)).toEqual(['serving', 'standby']);
  });

  it('keeps projections of one name apart that two apps host', () => {
    expect(byHost([generation({}), generation({ app: 'another' })]).map(({ app }) => app)).toEqual([
      'analytics',
      'another',
    ]);
  });

  it('offers only the steps that the projector would not refuse', () => {
    expect(stepsWith('serving')).toEqual(['rebuild']);
    expect(stepsWith('serving', 'filling')).toEqual(['drop']);
    expect(stepsWith('serving', 'caught_up')).toEqual(['swap', 'drop']);
    expect(stepsWith('standby', 'serving')).toEqual(['rollback', 'drop']);
  });
});
