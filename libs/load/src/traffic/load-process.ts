import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startLoad, type Accepted, type Load, type LoadSettings } from './start-load.ts';
import type { LoadReport, Tick } from './tally.ts';

type Ask = { readonly setRate: number } | 'counts' | 'report' | 'report and begin anew' | 'stop';
type ToldReport = Omit<LoadReport, 'accepted' | 'unsettled'> & {
  readonly accepted: readonly [string, number][];
  readonly unsettled: readonly string[];
};
type Told = { readonly report: ToldReport } | { readonly tick: Tick } | { readonly sample: Accepted };

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

export type LoadListeners = {
  /** Once a second. */
  readonly onTick?: (tick: Tick) => void;
  readonly onSample?: (accepted: Accepted) => void;
};

const ended = 'the load generator has ended';

/** As `startLoad`, in a process of its own, so that what else this one does makes no command late. It ends with this one. */
export const startLoadProcess = (settings: LoadSettings, { onTick, onSample }: LoadListeners = {}): RemoteLoad => {
  const child = fork(file, [JSON.stringify(settings)], { execArgv: ['--import', 'tsx'] });
  const exited = once(child, 'exit');
  let onReport: (report: ToldReport) => void = () => undefined;
  child.on('message', (told: Told) => {
    if ('tick' in told) onTick?.(told.tick);
    else if ('sample' in told) onSample?.(told.sample);
    else onReport(told.report);
  });
  // One question at a time: answers carry no name.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (question: Ask): Promise<LoadReport> => {
    const answer = last.then(async () => {
      if (!child.connected) throw new Error(ended);
      const told = new Promise<ToldReport>((resolve) => (onReport = resolve));
      child.send(question);
      const report = await Promise.race([told, exited.then(() => undefined)]);
      if (report === undefined) throw new Error(ended);
      return { ...report, accepted: new Map(report.accepted), unsettled: new Set(report.unsettled) };
    });
    last = answer.catch(() => undefined);
    return answer;
  };
  let stopped: Promise<LoadReport> | undefined;
  return {
    setRate: (perSecond) => {
      if (child.connected) child.send({ setRate: perSecond } satisfies Ask);
    },
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

/** Whoever asked may be gone by then: told to nobody, it is no error. */
const tell = (told: Told): void => void process.send?.(told, undefined, {}, () => undefined);

const tellReport = (report: LoadReport): void =>
  tell({ report: { ...report, accepted: [...report.accepted], unsettled: [...report.unsettled] } });

const answer = async (load: Load, ask: Ask): Promise<void> => {
  if (ask === 'counts') tellReport({ ...load.soFar(), accepted: new Map(), unsettled: new Set() });
  else if (ask === 'report') tellReport(load.soFar());
  else if (ask === 'report and begin anew') tellReport(load.soFarAndAnew());
  else if (ask === 'stop') tellReport(await load.stop());
  else load.setRate(ask.setRate);
};

if (process.argv[1] === file && process.argv[2] !== undefined) {
  const load = startLoad(JSON.parse(process.argv[2]) as LoadSettings, (sample) => tell({ sample }));
  setInterval(() => tell({ tick: load.tick() }), 1_000);
  process.on('message', (ask: Ask) => void answer(load, ask));
  process.once('disconnect', () => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
}
