import type { SaidState } from '../connect/connect.ts';
import { positionText } from '../slot/position-text.ts';
import type { Loss } from '../losses/losses.ts';
import { findLoss } from './find-loss.ts';
import type { Observation } from './observation.ts';

/**
 * flowing, idle: it works, with and without events of late · restarting: it fails or stands still and is being restarted ·
 * stopped: somebody has to do something · lost: events may be missing on the topic until somebody heals it
 */
export const relayStates = ['flowing', 'idle', 'restarting', 'stopped', 'lost'] as const;
export type RelayState = (typeof relayStates)[number];

export type Verdict = {
  readonly state: RelayState;
  /** What is wrong and what to do; null when nothing is. */
  readonly advice: string | null;
  /** For how long it may go on like this before a restart of the connector is worth trying; null: a restart is no help. */
  readonly restartAfterMs: number | null;
  /** What the slot leaves out as it is now. */
  readonly loss: Loss | undefined;
};

export type Limits = { readonly heartbeatStaleMs: number };

const idleAfterMs = 10_000;
/** A task that begins takes some seconds to its first heartbeat. */
const stillMs = 5_000;
const slowMs = 30_000;
const heal = 'npm run orderline -- relay heal';

/** What all that was seen means together: the status alone says RUNNING while nothing moves. */
export const judge = (seen: Observation, limits: Limits): Verdict => {
  const loss = findLoss(seen);
  const trouble = troubleOf(seen, limits);
  if (loss !== undefined) return { state: 'lost', advice: lossAdvice(loss), restartAfterMs: null, loss };
  if (seen.loss !== undefined) {
    return { state: 'lost', advice: openLossAdvice(seen.loss), restartAfterMs: trouble?.restartAfterMs ?? null, loss };
  }
  if (trouble !== undefined) return { ...trouble, loss };
  const isIdle = seen.lastRecordAt === undefined || seen.at - seen.lastRecordAt > idleAfterMs;
  return { state: isIdle ? 'idle' : 'flowing', advice: retentionAdvice(seen), restartAfterMs: null, loss };
};

type Trouble = Omit<Verdict, 'loss'>;

const troubleOf = (seen: Observation, limits: Limits): Trouble | undefined => {
  const { slot, status } = seen;
  if (slot === 'unknown') return stopped('PostgreSQL does not answer: the relay goes on by itself when it is back.');
  const said = status.connector === 'RUNNING' ? status.task : status.connector;
  return said === 'RUNNING' ? standingStill(seen, limits) : saidTrouble(said, status.trace);
};

const saidTrouble = (said: Exclude<SaidState, 'RUNNING'>, trace: string | undefined): Trouble => {
  switch (said) {
    case 'UNREACHABLE':
      return stopped('Kafka Connect does not answer: start it again; the slot holds what is not relayed yet.');
    case 'MISSING':
      return stopped('Connect has no such connector or task: npm run orderline -- provision makes it.');
    case 'PAUSED':
    case 'STOPPED':
      return stopped(`The connector is ${said.toLowerCase()} by somebody's wish: ${heal} lets it go on.`);
    case 'FAILED':
      return restarting(0, `The connector failed: ${firstLine(trace)}`);
    case 'UNASSIGNED':
    case 'RESTARTING':
      return restarting(slowMs, `The task is ${said.toLowerCase()}.`);
  }
};

const standingStill = (
  { at, slot, lastHeartbeatAt }: Observation,
  { heartbeatStaleMs }: Limits,
): Trouble | undefined => {
  const isActive = typeof slot === 'object' && slot.active;
  if (!isActive) return restarting(stillMs, 'Connect says RUNNING, but nobody reads from the slot.');
  if (lastHeartbeatAt !== undefined && at - lastHeartbeatAt <= heartbeatStaleMs) return undefined;
  const age = lastHeartbeatAt === undefined ? 'None ever' : `None for ${Math.round((at - lastHeartbeatAt) / 1_000)} s`;
  return restarting(stillMs, `Connect says RUNNING, but no heartbeat comes to Kafka. ${age}.`);
};

const stopped = (advice: string): Trouble => ({ state: 'stopped', advice, restartAfterMs: null });
const restarting = (restartAfterMs: number, advice: string): Trouble => ({
  state: 'restarting',
  advice,
  restartAfterMs,
});

const lossAdvice = (loss: Loss): string => {
  const what = {
    missing: 'The slot is gone',
    invalidated: 'The server has given the slot up',
    advanced: 'The slot was moved on, or made again, beyond what was delivered',
  }[loss.kind];
  return `${what}: events committed ${rangeText(loss)} may be missing on the topic. ${heal} makes it whole again.`;
};

const openLossAdvice = (loss: Loss): string =>
  `Events committed ${rangeText(loss)} may be missing on the topic and were not sent again yet. ${heal} does that.`;

const rangeText = ({ after, afterTime, until }: Loss): string => {
  const since = afterTime === null ? '' : ` (${new Date(afterTime).toISOString()})`;
  const from = after === null ? 'up to now' : `after ${positionText(after)}${since}`;
  return until === null ? from : `${from} and up to ${positionText(until)}`;
};

/** Half of what the server keeps for a slot at most: beyond all of it, the slot is given up. */
const retentionAdvice = ({ slot }: Observation): string | null => {
  if (typeof slot !== 'object' || slot.limitBytes === null || slot.retainedBytes < slot.limitBytes / 2) return null;
  const share = Math.round((100 * slot.retainedBytes) / slot.limitBytes);
  return `The slot holds ${share} % of the WAL that the server keeps for it: look why the relay is behind.`;
};

const firstLine = (trace: string | undefined): string => {
  const lines = (trace ?? 'the connector itself').split('\n').map((line) => line.trim());
  return lines.findLast((line) => line.startsWith('Caused by: '))?.slice('Caused by: '.length) ?? lines[0] ?? '';
};
