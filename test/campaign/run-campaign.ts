import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@orderline/testing';
import { resetStack, StackRunning, startStack, stopStack, viewStack, type PartNews } from '@orderline/local-stack';
import { chanceOf } from '../invariants/chance.ts';
import type { LoadReport } from '../load/load-report.ts';
import { startLoadProcess, type RemoteLoad } from '../load/load-process.ts';
import type { Arena } from './arena.ts';
import { episodesOf, type Fault } from './fault.ts';
import { guard } from './guardian.ts';
import { openLiars } from './harm/registry-harm.ts';
import { judge, type Verdict } from './judge.ts';
import { recovery } from './recovery.ts';
import { runEpisode, type EpisodeOutcome } from './run-episode.ts';
import { mountSmallDisk, unmountSmallDisk } from './small-disk.ts';
import { steppedClock } from './stepped-clock.ts';
import { openWires } from './wires.ts';

export const stackName = 'campaign';

export type CampaignSettings = {
  readonly seed: number;
  readonly minutes: number;
  readonly schedule: readonly Fault[];
  readonly ratePerSecond: number;
  /** Episodes between two verdicts. */
  readonly judgeEvery: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

export type CampaignReport = {
  readonly seed: number;
  readonly minutes: number;
  readonly schedule: readonly Fault[];
  readonly episodes: readonly EpisodeOutcome[];
  readonly verdicts: readonly Verdict[];
  readonly burst: Burst;
  /** Since the burst had drained. */
  readonly load: LoadReport;
  readonly deaths: number;
  readonly ok: boolean;
};

export type Burst = {
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly report: Pick<LoadReport, 'commands' | 'first' | 'settled'>;
  /** From the end of the burst until everything asked had its answer and was in all four read models. */
  readonly drainedMs: number;
};

/** Everything below 32768, where the system hands out the ports of outgoing connections. */
const portOffset = 12_000;
const firstProxyPort = 26_100;

/**
 * Runs a whole stack under load, strikes it with the faults of the schedule one episode after the other, waits after each
 * until it has come back by itself, and has it judged. No process is left, whatever happens.
 */
export const runCampaign = async (settings: CampaignSettings): Promise<CampaignReport> => {
  const { say, signal } = settings;
  guard(stackName);
  const liars = await openLiars();
  const ports = { postgres: 15_432 + portOffset, kafka: 19_092 + portOffset, registry: 18_081 + portOffset };
  const wires = await openWires(ports, firstProxyPort);
  const { disk, clock } = await prepareGround();
  let deaths = 0;
  const onNews = (news: PartNews): void => {
    if (news.kind === 'died') deaths += 1;
  };
  try {
    const stack = await startStack({
      name: stackName,
      portOffset,
      detours: wires.detours,
      ...(clock && {
        serverEnv: { postgres: clock.envOf('postgres') },
        appEnv: { 'order-command': clock.envOf('order-command') },
      }),
      onNews,
      onNotice: say,
      signal,
    });
    try {
      const arena = { stack, wires, liars: liars.ports, disk, clock, chance: chanceOf(settings.seed + 1) };
      return { ...(await strike(arena, settings)), deaths };
    } finally {
      await stack.stop();
    }
  } finally {
    disk?.unmount();
    liars.close();
    await wires.close();
  }
};

/** An empty place for the stack, what a killed run left stopped and removed. Throws StackRunning while a campaign runs. */
const prepareGround = async (): Promise<Pick<Arena, 'disk' | 'clock'>> => {
  const view = viewStack(stackName, process.env);
  if (view.supervisor !== undefined) throw new StackRunning(view.supervisor);
  await stopStack(view);
  const folder = view.folder.data('postgres');
  unmountSmallDisk(folder);
  await resetStack(view);
  return { disk: mountSmallDisk(folder), clock: steppedClock(view.folder.root) };
};

const strike = async (arena: Ground, settings: CampaignSettings): Promise<Omit<CampaignReport, 'deaths'>> => {
  const { seed, minutes, schedule, ratePerSecond, say, signal } = settings;
  const { stack } = arena;
  const load = startLoadProcess({ commandUrl: stack.urls['order-command'] ?? '', ratePerSecond, seed });
  try {
    const begun = performance.now();
    const calm = await recovery(stack);
    if (!calm.isRecovered) throw new Error(`the stack does not work before any fault: ${calm.amiss ?? ''}`);
    await pause(10_000);
    const burst = await burstOf(arena, load, ratePerSecond);
    say(`burst: ${burst.report.commands} commands at ${burst.ratePerSecond}/s, drained in ${burst.drainedMs} ms`);
    const { episodes, verdicts } = await runEpisodes(arena, { ...settings, load, begun });
    const report = await load.stop();
    signal.throwIfAborted();
    const atRest = await recovery(stack);
    const last = await judge(stack, report);
    say(lineOf(last));
    for (const finding of [...last.findings, ...report.surprises]) say(`  ${finding}`);
    const recovered = episodes.every(({ recovery: { isRecovered } }) => isRecovered) && atRest.isRecovered;
    const sound = [...verdicts, last].every(({ ok }) => ok) && report.surprises.length === 0;
    const done = { seed, minutes, schedule, episodes, verdicts: [...verdicts, last], burst, load: report };
    return { ...done, ok: recovered && sound };
  } finally {
    await load.stop();
  }
};

type Ground = Omit<Arena, 'note'>;
type Running = CampaignSettings & { readonly load: RemoteLoad; readonly begun: number };

/** The schedule's clock stands still while a recovery takes longer than planned. Ends when time is up, or at a first wrong verdict. */
const runEpisodes = async (arena: Ground, running: Running) => {
  const { schedule, minutes, judgeEvery, load, begun, say, signal } = running;
  const episodes: EpisodeOutcome[] = [];
  const verdicts: Verdict[] = [];
  let slippedMs = performance.now() - begun;
  for (const episode of episodesOf(schedule)) {
    const dueMs = episode.startMs + slippedMs;
    const nowMs = performance.now() - begun;
    if (nowMs > minutes * 60_000 || signal.aborted) break;
    if (dueMs > nowMs) await pause(dueMs - nowMs, undefined, { signal }).catch(() => undefined);
    else slippedMs += nowMs - dueMs;
    const outcome = await runEpisode(arena, episode, begun);
    episodes.push(outcome);
    say(told(outcome));
    if (!outcome.recovery.isRecovered) break;
    if (episodes.length % judgeEvery === 0) {
      const verdict = await judge(arena.stack, await load.soFar());
      verdicts.push(verdict);
      say(lineOf(verdict));
      for (const finding of verdict.findings) say(`  ${finding}`);
      if (!verdict.ok) break;
    }
  }
  return { episodes, verdicts };
};

/** Ten times the rate for a few seconds: every command is answered, some after a 429 or 503, and all of them drain. */
const burstOf = async ({ stack }: Ground, load: RemoteLoad, ratePerSecond: number): Promise<Burst> => {
  const seconds = 5;
  await load.soFarAndAnew();
  load.setRate(ratePerSecond * 10);
  await pause(seconds * 1_000);
  load.setRate(ratePerSecond);
  const ended = performance.now();
  // What is under way at the sustained rate is a second's commands at most.
  const drained = async (): Promise<void> => {
    if ((await load.soFar()).underWay > ratePerSecond) throw new Error('commands of a burst were never answered');
  };
  await eventually(drained, { withinMs: 120_000, everyMs: 250 });
  const { isRecovered, amiss } = await recovery(stack);
  if (!isRecovered) throw new Error(`the stack has not drained a burst: ${amiss ?? ''}`);
  const { commands, first, settled } = await load.soFarAndAnew();
  return {
    ratePerSecond: ratePerSecond * 10,
    seconds,
    report: { commands, first, settled },
    drainedMs: Math.round(performance.now() - ended),
  };
};

const told = ({ faults, recovery: { isRecovered, tookMs, amiss } }: EpisodeOutcome): string => {
  const what = faults.map(({ kind, target, begunMs, failed }) => {
    const at = `${(begunMs / 1_000).toFixed(1)} s`;
    return `${at} ${kind} ${target}${failed === undefined ? '' : ` (could not: ${failed})`}`;
  });
  const how = isRecovered
    ? `back after ${(tookMs / 1_000).toFixed(1)} s`
    : `NOT BACK after ${tookMs} ms: ${amiss ?? ''}`;
  return `${what.join(' + ')}: ${how}`;
};

const lineOf = ({
  lost,
  doubled,
  outOfOrder,
  divergent,
  tampered,
  parked,
  brokenPromises,
  events,
  seconds,
}: Verdict): string =>
  `lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}, divergent ${divergent}` +
  ` (tampered ${tampered}, parked ${parked}, promises broken ${brokenPromises}; ${events} events in ${seconds.toFixed(1)} s)`;
