import { setTimeout as pause } from 'node:timers/promises';
import { type LoadReport, type RemoteLoad, startLoadProcess } from '@orderline/load';
import { startStack, type PartNews } from '@orderline/local-stack';
import { chanceOf } from '../invariants/chance.ts';
import { guard } from '../support/guardian.ts';
import type { Ground } from './arena.ts';
import { burstOf, type Burst } from './burst.ts';
import { episodesOf, type Fault } from './fault.ts';
import { openLiars } from './harm/registry-harm.ts';
import { judge, verdictLines, type Verdict } from './judge.ts';
import { prepareGround } from './prepare-ground.ts';
import { recovery } from './recovery.ts';
import { runEpisode, type EpisodeOutcome } from './run-episode.ts';
import { openWires } from './wires.ts';

export const stackName = 'campaign';

export type CampaignSettings = {
  readonly seed: number;
  readonly minutes: number;
  readonly schedule: readonly Fault[];
  readonly ratePerSecond: number;
  /** When supervision forgives a part its earlier deaths. */
  readonly forgivenAfterMs: number;
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
  const { disk, clock } = await prepareGround(stackName);
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
      forgivenAfterMs: settings.forgivenAfterMs,
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

const strike = async (arena: Ground, settings: CampaignSettings): Promise<Omit<CampaignReport, 'deaths'>> => {
  const { seed, minutes, schedule, ratePerSecond, say, signal } = settings;
  const { stack } = arena;
  const load = startLoadProcess({ commandUrl: stack.urls['order-command'] ?? '', ratePerSecond, seed });
  try {
    const begun = performance.now();
    const calm = await recovery(stack);
    if (!calm.isRecovered) throw new Error(`the stack does not work before any fault: ${calm.amiss ?? ''}`);
    await pause(10_000);
    const burst = await burstOf(stack, load, ratePerSecond);
    say(`burst: ${burst.report.commands} commands at ${burst.ratePerSecond}/s, drained in ${burst.drainedMs} ms`);
    const { episodes, verdicts } = await runEpisodes(arena, { ...settings, load, begun });
    const report = await load.stop();
    signal.throwIfAborted();
    const atRest = await recovery(stack);
    const last = await judge(stack, report);
    for (const line of [...verdictLines(last), ...report.surprises]) say(line);
    const recovered = episodes.every(({ recovery: { isRecovered } }) => isRecovered) && atRest.isRecovered;
    const kept = episodes.every(({ faults }) => faults.every(({ notKept }) => notKept === undefined));
    const answered = report.surprises.length === 0 && report.unsettled.size === 0;
    const sound = [...verdicts, last].every(({ ok }) => ok) && kept && answered;
    const done = { seed, minutes, schedule, episodes, verdicts: [...verdicts, last], burst, load: report };
    return { ...done, ok: recovered && sound };
  } finally {
    await load.stop();
  }
};

type Running = CampaignSettings & { readonly load: RemoteLoad; readonly begun: number };

/** The schedule's clock stands still while a recovery takes longer than planned. Ends when time is up. */
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
    const outcome = await runEpisode(arena, episode, { begun, load });
    episodes.push(outcome);
    say(told(outcome));
    // What is down after one fault may come back with the next; after two it will not.
    if (episodes.slice(-2).filter(({ recovery: { isRecovered } }) => !isRecovered).length === 2) break;
    if (episodes.length % judgeEvery !== 0) continue;
    const verdict = await judge(arena.stack, await load.soFar());
    verdicts.push(verdict);
    for (const line of verdictLines(verdict)) say(line);
  }
  return { episodes, verdicts };
};

const told = ({ faults, recovery: { isRecovered, tookMs, amiss } }: EpisodeOutcome): string => {
  const what = faults.map(({ kind, target, begunMs, failed, notKept }) => {
    const at = `${(begunMs / 1_000).toFixed(1)} s`;
    return `${at} ${kind} ${target}${failed === undefined ? '' : ` (could not: ${failed})`}${notKept === undefined ? '' : ` (NOT KEPT: ${notKept})`}`;
  });
  const how = isRecovered
    ? `back after ${(tookMs / 1_000).toFixed(1)} s`
    : `NOT BACK after ${tookMs} ms: ${amiss ?? ''}`;
  return `${what.join(' + ')}: ${how}`;
};
