/** How much a run puts into its figures. */
export type Effort = {
  readonly rounds: number;
  /** Of one round of an arm that is measured by time. */
  readonly seconds: number;
  /** Events of the longest order measured. */
  readonly longest: number;
  /** Of a backlog on the topic. */
  readonly events: number;
  /** Of the larger event table, and a twentieth of them of the smaller. */
  readonly rows: number;
  /** Events a second that are offered to a whole stack. */
  readonly rate: number;
  /** How long memory is watched. */
  readonly minutes: number;
  /** The one part of the benchmark that is wanted; all of them when left out. */
  readonly only?: string;
};

/** The rate is ten times ten million events a day. */
export const full: Effort = {
  rounds: 5,
  seconds: 2,
  longest: 10_000,
  events: 1_000_000,
  rows: 20_000_000,
  rate: 1_160,
  minutes: 30,
};

/** Shows that a benchmark runs; its figures mean nothing. */
export const quick: Effort = {
  rounds: 1,
  seconds: 0.1,
  longest: 300,
  events: 20_000,
  rows: 400_000,
  rate: 100,
  minutes: 0.1,
};
