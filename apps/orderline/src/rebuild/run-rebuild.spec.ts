import { describe, expect, it } from 'vitest';
import { Refused } from '../projector-apps.ts';
import type { Screen } from './fill.ts';
import type { Comparison, Generation, ProjectionRoutes, Step } from './projection-routes.ts';
import { runRebuild } from './run-rebuild.ts';

const generation = (number: number, state: Generation['state'], comparison: Comparison | null = null): Generation => ({
  ...{ name: 'order-summary', version: 1, generation: number, state, parked: 0, comparison },
  ...{ partitions: [], lagEvents: 0, ratePerSecond: 0, rebuild: null },
});
const equal: Comparison = { rows: 7, differing: 0, differences: [] };
const different: Comparison = { rows: 7, differing: 1, differences: [] };

/** A projector that keeps the rules of the kit's routes; a filling one has caught up when it is looked at the second time. */
const projector = (comparison: Comparison, before: Generation[] = [generation(1, 'serving')]) => {
  let known = before;
  const steps: Step[] = [];
  const refuse = (code: string): never => {
    throw new Refused(409, { code });
  };
  const other = (): Generation | undefined => known.find(({ state }) => state !== 'serving');
  const become = (from: Generation['state'], to: Generation['state']) => (now: Generation) =>
    now.state === from ? { ...now, state: to } : now;
  const change: Record<Step, (body?: object) => void> = {
    rebuild: () => (known = other() === undefined ? [...known, generation(2, 'filling')] : known),
    swap: (body) => {
      if (other()?.state !== 'caught_up') refuse('wrong_state');
      if (comparison.differing > 0 && body === undefined) refuse('rows_differ');
      known = known.map((now) => ({ ...now, state: now.state === 'serving' ? 'standby' : 'serving' }));
    },
    rollback: () => refuse('wrong_state'),
    drop: () => (known = known.filter(({ state }) => state === 'serving')),
  };
  const routes: ProjectionRoutes = {
    list: () => Promise.resolve(known),
    step: async (step, body) => {
      await Promise.resolve();
      steps.push(step);
      change[step](body);
      return known;
    },
  };
  const said: string[] = [];
  const screen: Screen = {
    progress: () => undefined,
    say: (line) => said.push(line),
    pause: () => {
      known = known
        .map(become('filling', 'caught_up'))
        .map((now) => (now.state === 'caught_up' ? { ...now, comparison } : now));
      return Promise.resolve();
    },
  };
  return { routes, screen, steps, said: () => said.join('\n'), states: () => known.map(({ state }) => state) };
};

type Projector = ReturnType<typeof projector>;
const rebuilt = ({ routes, screen }: Pick<Projector, 'routes' | 'screen'>, options = {}): Promise<boolean> =>
  runRebuild({ name: 'order-summary', routes, screen, options: { dryRun: false, swapAnyway: false, ...options } });

describe('a rebuild', () => {
  it('fills, compares and swaps, and keeps the old generation', async () => {
    const app = projector(equal);
    expect(await rebuilt(app)).toBe(true);
    expect(app.steps).toEqual(['rebuild', 'swap']);
    expect(app.states()).toEqual(['standby', 'serving']);
    expect(app.said()).toContain('All 7 rows are equal');
  });

  it('swaps nothing when rows differ, and says what to do', async () => {
    const app = projector(different);
    expect(await rebuilt(app)).toBe(false);
    expect(app.states()).toEqual(['serving', 'caught_up']);
    expect(app.said()).toContain('rebuild order-summary --swap-anyway');
    expect(await rebuilt(app, { swapAnyway: true })).toBe(true);
    expect(app.states()).toEqual(['standby', 'serving']);
  });

  it('joins what is under way', async () => {
    const app = projector(equal, [generation(1, 'serving'), generation(5, 'filling')]);
    expect(await rebuilt(app)).toBe(true);
    expect(app.steps).toEqual(['swap']);
  });

  it('run twice at once, is one rebuild, and both runs succeed', async () => {
    const app = projector(equal);
    expect(await Promise.all([rebuilt(app), rebuilt(app)])).toEqual([true, true]);
    expect(app.states()).toEqual(['standby', 'serving']);
  });

  it('does not take away what can be rolled back to', async () => {
    const app = projector(equal, [generation(1, 'standby'), generation(2, 'serving')]);
    await expect(rebuilt(app)).rejects.toThrow('Drop it first: npm run orderline -- rebuild order-summary --drop');
    expect(app.states()).toEqual(['standby', 'serving']);
  });

  it('goes on when the projector is restarted meanwhile, and when the answer to a swap is lost', async () => {
    const app = projector(equal);
    let away = 5;
    const list = (): Promise<Generation[]> => (away-- > 0 ? Promise.reject(new Error('no answer')) : app.routes.list());
    let lost = 1;
    const step: ProjectionRoutes['step'] = async (what, body) => {
      const answer = await app.routes.step(what, body);
      if (what === 'swap' && lost-- > 0) throw new Error('no answer');
      return answer;
    };
    expect(await rebuilt({ ...app, routes: { list, step } })).toBe(true);
    expect(app.states()).toEqual(['standby', 'serving']);
  });

  it('says so when somebody drops what it fills', async () => {
    const app = projector(equal);
    const pause = async (): Promise<void> => {
      await app.routes.step('drop');
    };
    await expect(rebuilt({ ...app, screen: { ...app.screen, pause } })).rejects.toThrow('dropped by somebody else');
  });
});

describe('a dry run', () => {
  it('drops what it filled, and tells whether rows differ', async () => {
    for (const comparison of [equal, different]) {
      const app = projector(comparison);
      expect(await rebuilt(app, { dryRun: true })).toBe(comparison === equal);
      expect(app.steps).toEqual(['rebuild', 'drop']);
      expect(app.states()).toEqual(['serving']);
    }
  });

  it('leaves what another run began', async () => {
    const app = projector(equal, [generation(1, 'serving'), generation(5, 'filling')]);
    expect(await rebuilt(app, { dryRun: true })).toBe(true);
    expect(app.steps).toEqual([]);
  });
});
