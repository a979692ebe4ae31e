import type { FaultKind } from './fault.ts';
import { waysToBeWrong } from './harm/registry-harm.ts';
import { projectors, wireNames } from './wires.ts';

export type CatalogueEntry = {
  readonly targets: readonly string[];
  readonly lengthMs: readonly [least: number, most: number];
  /** How often it is drawn, compared with others. */
  readonly weight: number;
};

const apps = ['order-command', ...projectors];
const processes = [...apps, 'relay-supervisor', 'kafka', 'connect', 'registry', 'postgres'];
const points = ['before write', 'after write', 'before commit', 'after commit', 'before offset', 'after offset'];
const instant = [0, 0] as const;
const wire = { targets: wireNames, weight: 1 };

/** What each kind of fault is done to, and for how long. */
export const catalogue: Readonly<Record<FaultKind, CatalogueEntry>> = {
  kill: { targets: processes, lengthMs: instant, weight: 4 },
  freeze: { targets: processes, lengthMs: [2_000, 9_000], weight: 2 },
  terminate: { targets: processes, lengthMs: instant, weight: 2 },
  'kill at crash point': {
    targets: projectors.flatMap((name) => points.map((point) => `${name}@${point}`)),
    lengthMs: instant,
    weight: 6,
  },
  'restart postgres': { targets: ['fast', 'immediate'], lengthMs: instant, weight: 1 },
  'kill backend': { targets: ['orders_app', 'analytics_app', 'orders_relay'], lengthMs: instant, weight: 1 },
  'end sessions': {
    targets: [
      'orders_app',
      'orders_relay',
      'registry',
      ...projectors.map((name) => `${name.replaceAll('-', '_')}_app`),
    ],
    lengthMs: [0, 5_000],
    weight: 2,
  },
  'lock table': {
    targets: [
      'orders.outbox',
      'orders.event',
      'order_summary.order_summary',
      'restaurant_dashboard.open_order',
      'customer_history.projection_checkpoint',
      'analytics.revenue',
    ],
    lengthMs: [3_000, 7_000],
    weight: 2,
  },
  'open transaction': { targets: ['orders', 'order_summary', 'analytics'], lengthMs: [5_000, 15_000], weight: 1 },
  delay: { ...wire, lengthMs: [3_000, 6_000] },
  throttle: { ...wire, lengthMs: [3_000, 6_000] },
  stall: { ...wire, lengthMs: [3_000, 12_000] },
  cut: { ...wire, lengthMs: [1_000, 6_000] },
  reset: { ...wire, lengthMs: [0, 3_000] },
  'half-open': { ...wire, lengthMs: instant },
  'registry slow': { targets: projectors, lengthMs: [8_000, 12_000], weight: 1 },
  'registry down': { targets: projectors, lengthMs: [20_000, 20_000], weight: 1 },
  'registry wrong': {
    targets: projectors.flatMap((name) => waysToBeWrong.map((way) => `${name}=${way}`)),
    lengthMs: [5_000, 8_000],
    weight: 1,
  },
  // Once, in the middle of a run that is long enough.
  'registry down for minutes': { targets: projectors, lengthMs: [300_000, 300_000], weight: 0 },
  'drop slot': { targets: ['connect'], lengthMs: [2_000, 4_000], weight: 1 },
  'advance slot': { targets: ['connect'], lengthMs: [2_000, 4_000], weight: 1 },
  'fill disk': { targets: ['postgres'], lengthMs: [4_000, 10_000], weight: 1 },
  'step clock': {
    targets: ['postgres=600', 'postgres=-600', 'order-command=600', 'order-command=-600'],
    lengthMs: [4_000, 8_000],
    weight: 1,
  },
};

/** Recovery times that the product promises, by the part that a fault strikes: milliseconds from the end of the harm. */
export const recoverWithinMs = (kind: FaultKind, target: string): number => {
  if (kind === 'restart postgres' || kind === 'kill backend') return 30_000;
  const part = target.split(/[>@=]/u)[0] ?? '';
  if (part === 'connect' || part === 'orders_relay') return 20_000;
  if (part === 'kafka' || part === 'postgres' || part === 'registry') return 30_000;
  return 10_000;
};
