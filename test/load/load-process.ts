import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadReport } from './load-report.ts';
import { startLoad, type Load, type LoadSettings } from './start-load.ts';

type Ask = { readonly setRate: number } | 'counts' | 'report' | 'report and begin anew' | 'stop';
type Told = Omit<LoadReport, 'accepted' | 'unsettled'> & {
  readonly accepted: readonly [string, number][];
  readonly unsettled: readonly string[];
};

const file = fileURLToPath(import.meta.url);

/** The load generator in another process. */
export type RemoteLoad = {
  readonly setRate: (perSecond: number) => void;
  readonly soFar: () => Promise<LoadReport>;
  /** As `soFar` without what was promised to clients, which is long. */
  readonly counts: () => Promise<LoadReport>;
  readonly soFarAndAnew: () => Promise<LoadReport>;
  /** As `Load.stop`; no process is left. */
  readonly stop: () => Promise<LoadReport>;
};

/** As `startLoad`, in a process of its own, so that what else this one does makes no command late. It ends with this one. */
export const startLoadProcess = (settings: LoadSettings): RemoteLoad => {
  const child = fork(file, [JSON.stringify(settings)], { execArgv: ['--import', 'tsx'] });
  const exited = once(child, 'exit');
  // One question at a time: answers carry no name.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (question: Ask): Promise<LoadReport> => {
    const answer = last.then(async () => {
      if (!child.connected) throw new Error('the load generator has ended');
      child.send(question);
      const [told] = (await Promise.race([once(child, 'message'), exited.then(() => [undefined])])) as [
        Told | undefined,
      ];
      if (told === undefined) throw new Error('the load generator has ended');
      return { ...told, accepted: new Map(told.accepted), unsettled: new Set(told.unsettled) };
    });
    last = answer.catch(() => undefined);
    return answer;
  };
  let stopped: Promise<LoadReport> | undefined;
  return {
    setRate: (perSecond) => void child.send({ setRate: perSecond } satisfies Ask),
    soFar: () => ask('report'),
    counts: () => ask('counts'),
    soFarAndAnew: () => ask('report and begin anew'),
    stop: () =>
      (stopped ??= ask('stop').finally(async () => {
        if (child.connected) child.disconnect();
        await exited;
      })),
  };
};

const toldOf = (report: LoadReport): Told => ({
  ...report,
  accepted: [...report.accepted],
  unsettled: [...report.unsettled],
});

const answer = async (load: Load, ask: Ask): Promise<void> => {
  if (ask === 'counts') process.send?.(toldOf({ ...load.soFar(), accepted: new Map(), unsettled: new Set() }));
  else if (ask === 'report') process.send?.(toldOf(load.soFar()));
  else if (ask === 'report and begin anew') process.send?.(toldOf(load.soFarAndAnew()));
  else if (ask === 'stop') process.send?.(toldOf(await load.stop()));
  else load.setRate(ask.setRate);
};

if (process.argv[1] === file && process.argv[2] !== undefined) {
  const load = startLoad(JSON.parse(process.argv[2]) as LoadSettings);
  process.on('message', (ask: Ask) => void answer(load, ask));
  process.once('disconnect', () => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
}
