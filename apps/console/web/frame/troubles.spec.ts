import { describe, expect, it } from 'vitest';
import type { Health, Hop, Part, Pipeline } from '../../src/shapes.ts';
import { troublesOf } from './troubles.ts';

const since = '2026-01-15T12:00:00.000Z';
const part = (name: string, state: Health): Part => ({
  name,
  kind: 'app',
  state,
  since,
  advice: `see to ${name}`,
  address: '127.0.0.1:3000',
});
const hop = (name: string, state: Health): Hop => ({
  id: name,
  kind: 'projector',
  name,
  state,
  since,
  advice: `wait for ${name}`,
  ratePerSecond: 0,
  lagEvents: 0,
  lagSeconds: 0,
  delay: null,
});
const told = (overrides: Partial<Pipeline>): Pipeline => ({
  at: since,
  hops: [],
  parts: [],
  wal: null,
  away: [],
  ...overrides,
});

describe('what is not as it should be', () => {
  it('is nothing while everything is up', () => {
    expect(troublesOf(told({ parts: [part('Kafka', 'up')], hops: [hop('analytics', 'up')] }))).toEqual([]);
  });

  it('names what is down before what is late because of it', () => {
    const names = troublesOf(told({ hops: [hop('analytics', 'late')], parts: [part('Kafka', 'down')] }));
    expect(names.map(({ name, state }) => [name, state])).toEqual([
      ['Kafka', 'down'],
      ['analytics', 'late'],
    ]);
  });

  it('says of one that is told of several times only once what to do', () => {
    const away = [{ part: 'analytics', since, advice: 'start it' }];
    const troubles = troublesOf(told({ parts: [part('analytics', 'down')], hops: [hop('analytics', 'down')], away }));
    expect(troubles).toEqual([{ name: 'analytics', state: 'down', since, advice: 'see to analytics' }]);
  });

  it('does not take what is not known for a trouble', () => {
    expect(troublesOf(told({ hops: [hop('analytics', 'unknown')] }))).toEqual([]);
  });
});
