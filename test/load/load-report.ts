import { build, type Histogram } from 'hdr-histogram-js';
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
  /** The newest version of each order that a 2xx has promised. */
  readonly accepted: ReadonlyMap<string, number>;
  /** Orders with a command whose outcome was never learned. */
  readonly unsettled: ReadonlySet<string>;
  /** Answers that a sound system does not give to these commands, the first hundred. */
  readonly surprises: readonly string[];
};

const none = (): Counts => ({
  accepted: 0,
  refused: 0,
  'too busy': 0,
  unavailable: 0,
  'server error': 0,
  unanswered: 0,
});

/** What a load generator keeps count of while it runs. */
export class Tally {
  first = none();
  requests = none();
  readonly accepted = new Map<string, number>();
  readonly unsettled = new Set<string>();
  readonly surprises: string[] = [];
  readonly #latency: Histogram = build({ lowestDiscernibleValue: 1, highestTrackableValue: 600_000 });
  #begun = performance.now();
  commands = 0;
  settled = 0;

  answered(latencyMs: number): void {
    this.#latency.recordValue(Math.max(1, Math.round(latencyMs)));
  }

  surprise(what: string): void {
    if (this.surprises.length < 100) this.surprises.push(what);
  }

  /** Counts and latencies begin at nothing; what was promised to whom is kept. */
  beginAnew(underWay: number): void {
    this.first = none();
    this.requests = none();
    this.commands = underWay;
    this.settled = 0;
    this.#latency.reset();
    this.#begun = performance.now();
  }

  report(underWay: number, isOver = false): LoadReport {
    const { first, requests, accepted, unsettled, surprises, commands, settled } = this;
    return {
      seconds: (performance.now() - this.#begun) / 1_000,
      commands,
      first: { ...first },
      requests: { ...requests },
      underWay,
      isOver,
      settled,
      answeredAtOnce: share(first.accepted + first.refused, commands),
      answeredInTheEnd: share(settled, commands),
      latencyMs: {
        p50: this.#latency.getValueAtPercentile(50),
        p99: this.#latency.getValueAtPercentile(99),
        max: this.#latency.maxValue,
      },
      accepted: new Map(accepted),
      unsettled: new Set(unsettled),
      surprises: [...surprises],
    };
  }
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
