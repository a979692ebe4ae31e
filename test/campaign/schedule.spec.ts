import { describe, expect, it } from 'vitest';
import { catalogue } from './fault-catalogue.ts';
import { episodesOf, faultKinds, type Fault } from './fault.ts';
import { drawSchedule as draw, partOf } from './schedule.ts';

const seeds = [1, 2, 3, 4, 5];
const drawSchedule = (seed: number, minutes: number): Fault[] => draw(seed, minutes, { forgivenAfterMs: 60_000 });
const kindsOf = (faults: readonly Fault[]): Set<string> => new Set(faults.map(({ kind }) => kind));

describe('a schedule of faults', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(drawSchedule(7, 60)).toEqual(drawSchedule(7, 60));
    expect(drawSchedule(7, 60)).not.toEqual(drawSchedule(8, 60));
  });

  it.each(seeds)(
    'of an hour has every kind and hundreds of faults, at targets and lengths of the catalogue (seed %i)',
    (seed) => {
      const faults = drawSchedule(seed, 60);
      expect(kindsOf(faults)).toEqual(new Set(faultKinds));
      expect(faults.length).toBeGreaterThan(300);
      for (const { kind, target, lengthMs } of faults) {
        expect(catalogue[kind].targets).toContain(target);
        expect(lengthMs).toBeGreaterThanOrEqual(catalogue[kind].lengthMs[0]);
        expect(lengthMs).toBeLessThanOrEqual(catalogue[kind].lengthMs[1]);
      }
    },
  );

  it.each(seeds)('of five minutes has at least twelve kinds (seed %i)', (seed) => {
    expect(kindsOf(drawSchedule(seed, 5)).size).toBeGreaterThanOrEqual(12);
  });

  it('of one kind has nothing else, hundreds of kills at crash points in a quarter of an hour when parts are soon forgiven', () => {
    const faults = draw(7, 15, { kinds: ['kill at crash point'], forgivenAfterMs: 5_000 });
    expect(kindsOf(faults)).toEqual(new Set(['kill at crash point']));
    expect(faults.length).toBeGreaterThan(250);
  });

  it('kills a part again only when supervision has forgiven it, and never strikes a part twice at once', () => {
    const faults = drawSchedule(9, 60);
    for (const { faults: together } of episodesOf(faults)) {
      expect(new Set(together.map(({ target }) => partOf(target))).size).toBe(together.length);
    }
    const kills = Map.groupBy(
      faults.filter(({ kind }) => kind === 'kill' || kind === 'kill at crash point'),
      ({ target }) => partOf(target),
    );
    for (const ofOne of kills.values()) {
      for (const [at, { startMs }] of ofOne.entries()) {
        expect(startMs - (ofOne[at - 1]?.startMs ?? -Infinity)).toBeGreaterThanOrEqual(60_000);
      }
    }
  });
});
