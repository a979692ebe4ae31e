/** How much a run puts into its figures. */
export type Effort = {
  readonly rounds: number;
  /** Of one round of an arm that is measured by time. */
  readonly seconds: number;
  /** Events of the longest order measured. */
  readonly longest: number;
  /** Of a backlog on the topic. */
  readonly events: number;
  /** The one part of the benchmark that is wanted; all of them when left out. */
  readonly only?: string;
};

export const full: Effort = { rounds: 5, seconds: 2, longest: 10_000, events: 1_000_000 };

/** Shows that a benchmark runs; its figures mean nothing. */
export const quick: Effort = { rounds: 1, seconds: 0.1, longest: 300, events: 20_000 };
