import type { AuditOptions } from '@orderline/audit';
import type { Trade } from '../lives/trade.ts';
import type { Profile } from '../traffic/profile.ts';
import type { ProjectorAddress } from '../watch/visibility.ts';

export type LoadPlan = {
  readonly profile: Profile;
  /** The same seed gives the same orders, and the same commands on each. */
  readonly seed: number;
  readonly trade: Trade;
  /** So many orders have steps to come, once the load has gone on for long enough. */
  readonly openOrders: number;
  /** Most connections to order-command; a command that waits for one is late. */
  readonly connections: number;
  /** How many accepted commands a second are looked for in the read models, drawn at random. */
  readonly samplesPerSecond: number;
};

/** What is under load, and where to see what comes of it. Without brokers or databases less is measured, and said. */
export type LoadTarget = {
  readonly commandUrl: string;
  readonly projectors: readonly ProjectorAddress[];
  readonly brokers?: readonly string[] | undefined;
  readonly audit?: AuditOptions | undefined;
};
