import { describe, expect, it } from 'vitest';
import type { Sight } from '../probe/sight.ts';
import type { Hop, Part } from '../shapes.ts';
import type { OwnGeneration, Readiness, Relay } from '../upstream/answers.ts';
import { judgeHops } from './judge-hops.ts';
import { judgeParts } from './judge-parts.ts';
import type { Observation, ProjectorSeen } from './observation.ts';
import { createPipelineView } from './to-pipeline.ts';

const seen = <T>(value: T): Sight<T> => ({ is: 'seen', value });
const away = (advice = 'start it'): Sight<never> => ({ is: 'away', advice });
const ready = (database = true): Sight<Readiness> =>
  seen({
    ready: database,
    checks: [{ name: 'database', ready: database, ...(!database && { reason: 'connection refused' }) }],
  });

const relay: Relay = {
  ...{ state: 'flowing', advice: null, heartbeat: { ageSeconds: 3 }, slot: { active: true, lagBytes: 0 } },
  ...{ retainedBytes: 1_000, retainedLimitBytes: 4_000_000 },
};
const generation: OwnGeneration = {
  ...{ name: 'order-summary', version: 1, generation: 1, state: 'serving', partitions: [], applied: 10, duplicates: 0 },
  ...{ lagEvents: 0, lagSeconds: 0, ratePerSecond: 5, parked: 0, rebuild: null, comparison: null, verifiedAt: null },
};
const projector = (changes: Partial<ProjectorSeen> = {}, own: Partial<OwnGeneration> = {}): ProjectorSeen => ({
  ...{ name: 'order-summary', address: 'http://p', ready: ready(), rate: 5, delay: { p50: 20, p90: 40, max: 80 } },
  generations: seen([{ ...generation, ...own }]),
  ...changes,
});
const observation = (changes: Partial<Observation> = {}): Observation => ({
  at: 0,
  command: { name: 'order-command', address: 'http://c', ready: ready(), rate: 5, delay: null },
  supervisor: { name: 'relay-supervisor', address: 'http://s', ready: seen({ ready: true, checks: [] }) },
  ...{ relay: seen(relay), relayDelay: null, topicRate: 5 },
  connect: { address: 'http://k', sight: seen({}) },
  registry: { address: 'http://r', sight: seen([]) },
  kafka: { address: 'b:1', sight: seen({}) },
  projectors: [projector()],
  ...changes,
});

const hop = (id: string, changes: Partial<Observation> = {}): Omit<Hop, 'since'> | undefined =>
  judgeHops(observation(changes)).find((judged) => judged.id === id);
const part = (name: string, changes: Partial<Observation> = {}): Omit<Part, 'since'> | undefined =>
  judgeParts(observation(changes)).find((judged) => judged.name === name);

describe('a pipeline that does well', () => {
  it('is up at every hop, in the order that an event takes, without advice', () => {
    const hops = judgeHops(observation());
    expect(hops.map(({ id }) => id)).toEqual(['order-command', 'outbox', 'debezium', 'kafka', 'order-summary']);
    expect(hops.map(({ state, advice }) => [state, advice])).toEqual(hops.map(() => ['up', null]));
    expect(judgeParts(observation()).map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'up'));
  });
});

describe('an app', () => {
  it('that does not answer is down, and what to do is said', () => {
    const command = { ...observation().command, ready: away('look at its log') };
    expect(hop('order-command', { command })).toMatchObject({ state: 'down', advice: 'look at its log' });
  });

  it('that waits for something is late, and what it waits for is said', () => {
    const command = { ...observation().command, ready: ready(false) };
    const late = { state: 'late', advice: 'Not ready: database: connection refused' };
    expect(part('order-command', { command })).toMatchObject(late);
  });

  it('of which nothing is known yet is not called up or down', () => {
    expect(hop('order-summary', { projectors: [projector({ ready: { is: 'unknown' } })] })?.state).toBe('unknown');
  });
});

describe('PostgreSQL', () => {
  it('is down where every app that answers says so, late where some do, unknown where none answers', () => {
    const command = (sight: Sight<Readiness>) => ({ ...observation().command, ready: sight });
    const projectors = (sight: Sight<Readiness>) => [projector({ ready: sight })];
    const stateWhere = (one: Sight<Readiness>, other: Sight<Readiness>) =>
      part('PostgreSQL', { command: command(one), projectors: projectors(other) })?.state;
    expect(stateWhere(ready(false), ready(false))).toBe('down');
    expect(stateWhere(ready(false), away())).toBe('down');
    expect(stateWhere(ready(false), ready())).toBe('late');
    expect(stateWhere(away(), away())).toBe('unknown');
  });

  it('that holds back most of the WAL that it may makes the outbox late before the slot is lost', () => {
    const held = seen({ ...relay, retainedBytes: 3_000_000 });
    expect(hop('outbox', { relay: held })).toMatchObject({
      state: 'late',
      advice: expect.stringContaining('75 %') as string,
    });
  });
});

describe('the relay', () => {
  it.each([
    ['idle', 'up'],
    ['restarting', 'late'],
    ['stopped', 'down'],
    ['lost', 'down'],
  ] as const)('that its supervisor calls %s is %s', (state, judged) => {
    expect(hop('debezium', { relay: seen({ ...relay, state }) })?.state).toBe(judged);
  });

  it('lags by the age of the last heartbeat while it stands still', () => {
    const stopped = seen({
      ...relay,
      state: 'stopped' as const,
      advice: 'restart Connect',
      heartbeat: { ageSeconds: 42 },
    });
    expect(hop('debezium', { relay: stopped })).toMatchObject({ lagSeconds: 42, advice: 'restart Connect' });
  });

  it('is unknown without its supervisor, unless Connect is away too', () => {
    const connect = { address: 'http://k', sight: away('start Connect') };
    expect(hop('debezium', { relay: away() })?.state).toBe('unknown');
    expect(hop('debezium', { relay: away(), connect })).toMatchObject({ state: 'down', advice: 'start Connect' });
  });
});

describe('a projector', () => {
  it('is late where it is over ten seconds behind', () => {
    expect(hop('order-summary', { projectors: [projector({}, { lagSeconds: 11 })] })?.state).toBe('late');
    expect(hop('order-summary', { projectors: [projector({}, { lagSeconds: 9 })] })?.state).toBe('up');
  });

  it('is not late for a generation that is being filled', () => {
    const generations = seen([generation, { ...generation, state: 'filling' as const, lagSeconds: 900, lagEvents: 5 }]);
    expect(hop('order-summary', { projectors: [projector({ generations })] })).toMatchObject({
      state: 'up',
      lagEvents: 0,
    });
  });

  it('with parked orders is up and says so', () => {
    const parked = hop('order-summary', { projectors: [projector({}, { parked: 2 })] });
    expect(parked).toMatchObject({ state: 'up', advice: expect.stringContaining('2 orders are parked') as string });
  });
});

describe('what the page is told', () => {
  it('says since when each thing is as it is, and names what is away', () => {
    const view = createPipelineView();
    const kafka = { address: 'b:1', sight: away('start Kafka') };
    const sinceOf = (at: number, changes: Partial<Observation>) => {
      const { parts, away: named } = view(observation({ ...changes, at }));
      return [parts.find(({ name }) => name === 'Kafka')?.since, named.map((one) => [one.part, one.since])];
    };
    const time = (at: number): string => new Date(at).toISOString();
    expect(sinceOf(1_000, {})).toEqual([time(1_000), []]);
    expect(sinceOf(2_000, { kafka })).toEqual([time(2_000), [['Kafka', time(2_000)]]]);
    expect(sinceOf(3_000, { kafka })).toEqual([time(2_000), [['Kafka', time(2_000)]]]);
    expect(sinceOf(4_000, {})).toEqual([time(4_000), []]);
  });
});
