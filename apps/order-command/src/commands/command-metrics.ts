import type { OrderCommand } from '@orderline/ordering';
import { Counter, Histogram, RequestRefused, type Registry } from '@orderline/service-host';

export type CommandKind = OrderCommand['type'];
/** accepted: it made events · unchanged: it was so already · repeated: the first outcome of its Idempotency-Key again */
export type CommandEffect = 'accepted' | 'unchanged' | 'repeated';

/** What the commands of the process tell. Every label is of a set that the build knows. */
export type CommandMetrics = {
  done(kind: CommandKind, effect: CommandEffect): void;
  /** `refusal` as it is answered. */
  refused(kind: CommandKind, refusal: unknown): void;
  /** Another process was first. */
  lostRace(): void;
  decidedAgain(): void;
  /** From the call to the commit, in milliseconds. */
  appended(events: number, milliseconds: number): void;
};

const secondsBuckets = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.25, 0.5, 1, 2.5, 5];

export const createCommandMetrics = (registry: Registry): CommandMetrics => {
  const registers = [registry];
  const commands = new Counter({
    name: 'orderline_commands_total',
    help: 'Commands that were answered, by what came of them: accepted, unchanged, repeated, or the code of the refusal',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const conflicts = new Counter({
    name: 'orderline_command_conflicts_total',
    help: 'Appends that lost a race against another process',
    registers,
  });
  const retries = new Counter({
    name: 'orderline_command_retries_total',
    help: 'Commands decided again after a lost race',
    registers,
  });
  const events = new Counter({ name: 'orderline_appended_events_total', help: 'Events committed', registers });
  const seconds = new Histogram({
    name: 'orderline_append_duration_seconds',
    help: 'Time of an append, the wait for its group and the commit included',
    buckets: secondsBuckets,
    registers,
  });
  return {
    done: (kind, effect) => {
      commands.inc({ command: kind, outcome: effect });
    },
    refused: (kind, refusal) => {
      commands.inc({ command: kind, outcome: codeOf(refusal) });
    },
    lostRace: () => {
      conflicts.inc();
    },
    decidedAgain: () => {
      retries.inc();
    },
    appended: (count, milliseconds) => {
      events.inc(count);
      seconds.observe(milliseconds / 1_000);
    },
  };
};

/** As the answer will say: see answerError of service-host. */
const codeOf = (refusal: unknown): string => {
  if (refusal instanceof RequestRefused) return refusal.code;
  const isRetriable = refusal instanceof Error && 'retriable' in refusal && refusal.retriable === true;
  return isRetriable ? 'unavailable' : 'internal_error';
};
