import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { averageLife } from '../lives/trade.ts';
import { startLoadProcess, type RemoteLoad } from '../traffic/load-process.ts';
import { eventsPerSecondAt, lengthOf, rampSecondsOf, type Profile } from '../traffic/profile.ts';
import type { LoadReport } from '../traffic/tally.ts';
import { auditLoad } from '../verdict/audit-load.ts';
import { setUpInstruments, type Instruments } from './instruments.ts';
import { judgeLoad } from './judge-load.ts';
import type { LoadPlan, LoadTarget } from './load-plan.ts';
import type { LoadResult, SecondOfLoad } from './load-result.ts';
import { secondOf } from './second-of-load.ts';

export type LoadCourse = {
  /** Ends the load: what is under way is settled, and everything is audited and told. */
  readonly signal: AbortSignal;
  /** Gives up what is waited for, and the audit. */
  readonly hurry?: AbortSignal;
  readonly onSecond?: (second: SecondOfLoad) => void;
  readonly say?: (line: string) => void;
};

const setRateEveryMs = 100;
/** Of the rate, so that a rate of nothing is still looked at again. */
const leastRate = 0.01;

/**
 * Puts a pipeline under load and says what came of it. The generator is a process of its own. Throws where the target does
 * not answer at all; whatever goes wrong later is in the result.
 */
export const runLoad = async (plan: LoadPlan, target: LoadTarget, course: LoadCourse): Promise<LoadResult> => {
  await assertAnswering(target);
  const startedAt = new Date().toISOString();
  const troubles: string[] = [];
  const instruments = await setUpInstruments(target, (what) => troubles.push(what));
  const series: SecondOfLoad[] = [];
  try {
    const { report, isWhole } = await drive(plan, target, { ...course, instruments, series });
    course.say?.('waiting until what was written last can be seen');
    const hurried = whenAborted(course.hurry);
    await Promise.race([instruments.visibility.settled(), hurried]);
    course.say?.('auditing');
    const audit = await Promise.race([audited(report, target, instruments), hurried.then(() => new Error('given up'))]);
    const seen = { plan, target, startedAt, report, isWhole, instruments, series, troubles, audit };
    return judgeLoad(seen);
  } finally {
    await instruments.stop();
  }
};

const assertAnswering = async ({ commandUrl, projectors }: LoadTarget): Promise<void> => {
  for (const { name, url } of [{ name: 'order-command', url: commandUrl }, ...projectors]) {
    const status = await request(`${url}/health/ready`).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode === 200 ? undefined : `says that it is not ready (${statusCode})`;
      },
      () => 'does not answer',
    );
    if (status !== undefined) throw new Error(`${name} at ${url} ${status}`);
  }
};

type Drive = LoadCourse & { readonly instruments: Instruments; readonly series: SecondOfLoad[] };

const drive = async (
  { profile, samplesPerSecond, ...plan }: LoadPlan,
  { commandUrl }: LoadTarget,
  { signal, onSecond, instruments, series }: Drive,
): Promise<{ report: LoadReport; isWhole: boolean }> => {
  let begun: number | undefined;
  const elapsed = (): number => (performance.now() - (begun ?? Number.NaN)) / 1_000;
  const load = startLoadProcess(
    { commandUrl, ratePerSecond: leastRate, samplesPerSecond, ...plan },
    {
      onSample: instruments.onSample,
      onTick: (tick) => {
        if (begun === undefined) return;
        const second = secondOf(tick, elapsed(), { ...instruments, profile });
        series.push(second);
        onSecond?.(second);
      },
    },
  );
  try {
    // Its process takes a while to begin.
    await load.counts();
    begun = performance.now();
    const ramp = rampSecondsOf(profile);
    const isWarm = await follow(profile, load, { signal, elapsed, until: ramp });
    await load.soFarAndAnew();
    instruments.beginAnew();
    const isWhole = isWarm && (await follow(profile, load, { signal, elapsed, until: lengthOf(profile) }));
    return { report: await load.stop(), isWhole };
  } finally {
    await load.stop().catch(() => undefined);
  }
};

type Follow = { readonly signal: AbortSignal; readonly elapsed: () => number; readonly until: number };

/** Keeps the generator at the rate of the moment; false when it was told to end before. */
const follow = async (profile: Profile, load: RemoteLoad, { signal, elapsed, until }: Follow): Promise<boolean> => {
  const { events, commands } = averageLife();
  while (elapsed() < until && !signal.aborted) {
    load.setRate(Math.max(leastRate, (eventsPerSecondAt(profile, elapsed()) * commands) / events));
    await pause(Math.min(setRateEveryMs, Math.max(1, (until - elapsed()) * 1_000)), undefined, { signal }).catch(
      () => undefined,
    );
  }
  return !signal.aborted;
};

const audited = (report: LoadReport, { audit }: LoadTarget, { place }: Instruments) => {
  const topic = place && (() => place.check(report.accepted));
  return auditLoad(report, { audit, topic }).catch((error: unknown): Error =>
    error instanceof Error ? error : new Error(String(error)),
  );
};

/** Never, without a signal. */
const whenAborted = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
