import { z } from 'zod';
import { relayStates } from '../judging/judge.ts';
import type { Loss } from '../losses/losses.ts';
import { positionText } from '../slot/position-text.ts';
import type { Seen } from './supervisor.ts';

const instant = z.string().meta({ format: 'date-time' }).nullable();
const position = z
  .string()
  .nullable()
  .meta({ description: 'A WAL position', examples: ['0/1A2B3C4'] });

/** The relay as `GET /relay` shows it. */
export const relayAnswer = z
  .object({
    state: z.enum(relayStates),
    since: z.string().meta({ format: 'date-time' }),
    advice: z.string().nullable().meta({ description: 'What is wrong and what to do' }),
    connector: z.string(),
    task: z.string(),
    slot: z
      .object({
        active: z.boolean(),
        walStatus: z.string().nullable(),
        invalidation: z.string().nullable(),
        confirmed: position,
        lagBytes: z.number(),
      })
      .nullable(),
    delivered: position,
    heartbeat: z.object({ at: instant, ageSeconds: z.number().nullable() }),
    lastRecordAt: instant,
    retainedBytes: z.number(),
    retainedLimitBytes: z.number().nullable(),
    loss: z
      .object({ kind: z.string(), after: position, afterTime: instant, until: position, seenAt: instant })
      .nullable()
      .meta({ description: 'What may be missing on the topic, until it is healed' }),
    restarts: z.int(),
    restartInSeconds: z.number().nullable(),
    lookedAt: z.string().meta({ format: 'date-time' }),
  })
  .meta({ id: 'Relay' });

export type RelayAnswer = z.infer<typeof relayAnswer>;

export const toRelayAnswer = (seen: Seen): RelayAnswer => {
  const { observation, state, advice } = seen;
  const { at, status, lastHeartbeatAt, delivered } = observation;
  const slot = typeof observation.slot === 'object' ? observation.slot : null;
  const secondsFrom = (from: number | undefined, to: number | undefined): number | null =>
    from === undefined || to === undefined ? null : Math.max(0, (to - from) / 1_000);
  return {
    state,
    since: new Date(seen.since).toISOString(),
    advice,
    connector: status.connector,
    task: status.task,
    slot: slot && {
      active: slot.active,
      walStatus: slot.walStatus,
      invalidation: slot.invalidation,
      confirmed: textOf(slot.confirmed),
      lagBytes: slot.lagBytes,
    },
    delivered: textOf(delivered?.position ?? null),
    heartbeat: { at: instantOf(lastHeartbeatAt), ageSeconds: secondsFrom(lastHeartbeatAt, Math.max(at, Date.now())) },
    lastRecordAt: instantOf(observation.lastRecordAt),
    retainedBytes: slot?.retainedBytes ?? 0,
    retainedLimitBytes: slot?.limitBytes ?? null,
    loss: lossOf(seen),
    restarts: seen.restarts,
    restartInSeconds: secondsFrom(at, seen.restartDueAt),
    lookedAt: new Date(at).toISOString(),
  };
};

const lossOf = ({ loss, observation }: Seen): RelayAnswer['loss'] => {
  const shown: (Loss & { seenAt?: number }) | undefined = observation.loss ?? loss;
  if (shown === undefined) return null;
  const { kind, after, afterTime, until, seenAt = observation.at } = shown;
  return {
    kind,
    after: textOf(after),
    afterTime: instantOf(afterTime),
    until: textOf(until),
    seenAt: instantOf(seenAt),
  };
};

const textOf = (position: bigint | null): string | null => (position === null ? null : positionText(position));
const instantOf = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString();
