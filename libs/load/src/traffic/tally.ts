import { Latency, type CurvePoint, type Percentiles } from './latency.ts';
import type { Outcome } from './send-command.ts';

export type Counts = Record<Outcome, number>;

export type LoadReport = {
  /** Since the counts were begun. */
  readonly seconds: number;
  /** Commands that fell due, whether or not the earlier ones had been answered. */
  readonly commands: number;
  /** What the first request of each came to. */
  readonly first: Counts;
  /** All requests, repeats with the same key included. */
  readonly requests: Counts;
  /** Versions that accepted commands added to their orders. */
  readonly events: number;
  /** Commands whose outcome is not known yet. */
  readonly underWay: number;
  /** No command follows: what was promised is what there is. While false, orders go on as soon as this is said. */
  readonly isOver: boolean;
  /** Commands whose outcome is known, by the first request or by a repeat. */
  readonly settled: number;
  /** Answered lawfully, 2xx or refused, by the first request; and in the end. From 0 to 1. */
  readonly answeredAtOnce: number;
  readonly answeredInTheEnd: number;
  /** Of first requests that were answered, from the moment the command fell due. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** From the moment a command fell due until its outcome was known, however often it had to be sent. */
  readonly settledMs: Percentiles;
  readonly settledCurve: readonly CurvePoint[];
  /** From the moment a command fell due until it was sent: what the generator itself was late. */
  readonly lateMs: Percentiles;
  /** CPU time of this process. */
  readonly cpuMs: number;
  /** The newest version of each order that a 2xx has promised. */
  readonly accepted: ReadonlyMap<string, number>;
  /** Orders with a command whose outcome was never learned. */
  readonly unsettled: ReadonlySet<string>;
  /** Answers that a sound system does not give to these commands, the first hundred. */
  readonly surprises: readonly string[];
};

/** What happened since the tick before. */
export type Tick = {
  /** Epoch milliseconds at its end. */
  readonly at: number;
  readonly seconds: number;
  readonly commands: number;
  readonly events: number;
  readonly requests: Counts;
  readonly underWay: number;
  readonly settledMs: Percentiles;
  readonly lateMs: Percentiles;
  readonly cpuMs: number;
};

const none = (): Counts => ({
  accepted: 0,
  refused: 0,
  'too busy': 0,
  unavailable: 0,
  'server error': 0,
  unanswered: 0,
});

const sumsOf = ({ commands, events, requests }: Pick<Tally, 'commands' | 'events' | 'requests'>) => ({
  at: performance.now(),
  commands,
  events,
  requests: { ...requests },
  cpuMs: cpuMs(),
});

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** What a load generator keeps count of while it runs. */
export class Tally {
  first = none();
  requests = none();
  readonly accepted = new Map<string, number>();
  readonly unsettled = new Set<string>();
  readonly surprises: string[] = [];
  readonly answered = new Latency();
  readonly settledIn = new Latency();
  readonly late = new Latency();
  commands = 0;
  events = 0;
  settled = 0;
  #begun = performance.now();
  #cpuMsBefore = cpuMs();
  #ticked = sumsOf(this);

  surprise(what: string): void {
    if (this.surprises.length < 100) this.surprises.push(what);
  }

  /** Counts and latencies begin at nothing; what was promised to whom is kept. */
  beginAnew(underWay: number): void {
    this.first = none();
    this.requests = none();
    this.commands = underWay;
    this.events = 0;
    this.settled = 0;
    for (const latency of [this.answered, this.settledIn, this.late]) latency.beginAnew();
    this.#begun = performance.now();
    this.#cpuMsBefore = cpuMs();
    this.#ticked = sumsOf(this);
  }

  tick(underWay: number): Tick {
    const [before, now] = [this.#ticked, sumsOf(this)];
    this.#ticked = now;
    const grown = Object.entries(now.requests).map(([kind, n]) => [kind, n - before.requests[kind as Outcome]]);
    return {
      at: Date.now(),
      seconds: (now.at - before.at) / 1_000,
      commands: now.commands - before.commands,
      events: now.events - before.events,
      requests: Object.fromEntries(grown) as Counts,
      underWay,
      settledMs: this.settledIn.lately(),
      lateMs: this.late.lately(),
      cpuMs: now.cpuMs - before.cpuMs,
    };
  }

  report(underWay: number, isOver = false): LoadReport {
    const { first, requests, accepted, unsettled, surprises, commands, events, settled } = this;
    const { p50, p99, max } = this.answered.whole();
    return {
      seconds: (performance.now() - this.#begun) / 1_000,
      commands,
      first: { ...first },
      requests: { ...requests },
      events,
      underWay,
      isOver,
      settled,
      answeredAtOnce: share(first.accepted + first.refused, commands),
      answeredInTheEnd: share(settled, commands),
      latencyMs: { p50: Math.ceil(p50), p99: Math.ceil(p99), max: Math.ceil(max) },
      settledMs: this.settledIn.whole(),
      settledCurve: this.settledIn.curve(),
      lateMs: this.late.whole(),
      cpuMs: cpuMs() - this.#cpuMsBefore,
      accepted: new Map(accepted),
      unsettled: new Set(unsettled),
      surprises: [...surprises],
    };
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
