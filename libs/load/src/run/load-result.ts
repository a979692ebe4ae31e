import type { CurvePoint, Percentiles } from '../traffic/latency.ts';
import type { Counts } from '../traffic/tally.ts';
import type { LoadAudit } from '../verdict/audit-load.ts';
import type { LagTrend } from '../verdict/lag-trend.ts';
import type { LoadPlan, LoadTarget } from './load-plan.ts';

/** A second of a run. */
export type SecondOfLoad = {
  /** From the begin of the ramp. */
  readonly second: number;
  readonly wantedEvents: number;
  /** A second each. */
  readonly events: number;
  readonly commands: number;
  /** Requests that were neither accepted nor refused by a rule. */
  readonly failures: number;
  readonly underWay: number;
  readonly command: Percentiles;
  /** Of commands, until they were sent. */
  readonly late: Percentiles;
  readonly record: Percentiles | undefined;
  readonly visible: Readonly<Record<string, Percentiles>>;
  /** Events that each hop is behind; without one that could not be asked. */
  readonly lag: Readonly<Record<string, number>>;
  /** Of the generator, from 0 to 1 of a core. */
  readonly cpu: number;
};

export type Delay = { readonly of: string; readonly percentiles: Percentiles; readonly curve: readonly CurvePoint[] };

/** What a run came to. Counts and times are of the time after the ramp; the audit is of everything. */
export type LoadResult = {
  /** Nothing lost, doubled or out of order, no surprise, no lag that grows. */
  readonly ok: boolean;
  /** Why not. */
  readonly faults: readonly string[];
  /** What could not be measured, or only in part. */
  readonly notes: readonly string[];
  readonly startedAt: string;
  readonly isWhole: boolean;
  readonly seconds: number;
  readonly plan: LoadPlan;
  readonly target: Omit<LoadTarget, 'audit'>;
  readonly wantedEventsPerSecond: number;
  readonly eventsPerSecond: number;
  readonly commandsPerSecond: number;
  readonly events: number;
  readonly commands: number;
  /** Orders that were begun, ramp included. */
  readonly orders: number;
  readonly first: Counts;
  readonly requests: Counts;
  readonly unsettled: number;
  readonly surprises: readonly string[];
  readonly delays: readonly Delay[];
  readonly generator: {
    readonly cpuUsPerCommand: number;
    readonly lateMs: Percentiles;
    /** Times count from when commands were due, so they hold its lateness too. */
    readonly isLate: boolean;
  };
  readonly lag: readonly LagTrend[];
  readonly audit: LoadAudit;
  readonly series: readonly SecondOfLoad[];
};
