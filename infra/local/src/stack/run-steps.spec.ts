import { describe, expect, it } from 'vitest';
import { runSteps, type Step, type StepReport } from './run-steps.ts';

const step = (after: string[], run: Step['run']): Step => ({ title: 'step', after, run });
const never = new AbortController().signal;

describe('runSteps', () => {
  it('keeps the order it is told and runs the rest side by side', async () => {
    const seen: string[] = [];
    const note = (name: string) => () => {
      seen.push(name);
      return Promise.resolve(name);
    };
    const reports: StepReport[] = [];
    await runSteps(
      { c: step(['a', 'b'], note('c')), b: step([], note('b')), a: step(['b'], note('a')) },
      (report) => reports.push(report),
      never,
    );
    expect(seen).toEqual(['b', 'a', 'c']);
    expect(reports.filter(({ state }) => state === 'done').map((report) => report.step)).toEqual(['b', 'a', 'c']);
  });

  it('calls off what runs and never begins what comes after, when one fails; ends only when all have', async () => {
    const events: string[] = [];
    const steps = {
      slow: step(
        [],
        (signal) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () =>
              setTimeout(() => {
                events.push('slow ended');
                reject(new Error('late'));
              }, 20),
            );
          }),
      ),
      broken: step([], () => Promise.reject(new Error('no disk'))),
      later: step(['broken'], () => {
        events.push('later');
        return Promise.resolve(undefined);
      }),
    };
    await expect(runSteps(steps, () => undefined, never)).rejects.toThrow('no disk');
    expect(events).toEqual(['slow ended']);
  });

  it('ends when it is told to', async () => {
    const told = new AbortController();
    const waits = step(
      [],
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('x')))),
    );
    const run = runSteps({ waits }, () => undefined, told.signal);
    told.abort(new Error('Ctrl-C'));
    await expect(run).rejects.toThrow('Ctrl-C');
  });
});
