import { averageLife, daySeconds, type LoadPlan, type Profile } from '@orderline/load';
import { parseCount, parseSeconds } from './parse-amount.ts';

export type LoadFlags = {
  readonly rate: string;
  readonly commands?: boolean;
  readonly duration?: string;
  readonly ramp: string;
  readonly day?: string;
  readonly compress: string;
  readonly seed?: string;
  readonly customers: string;
  readonly restaurants: string;
  readonly skew: string;
  readonly open: string;
  readonly connections: string;
  readonly samples: string;
};

/** What the options ask for; throws on one that makes no sense, naming it. */
export const planOf = (flags: LoadFlags): LoadPlan => ({
  profile: flags.day === undefined ? steady(flags) : day(flags.day, flags),
  seed: flags.seed === undefined ? Date.now() % 1_000_000 : whole('--seed', flags.seed, 0),
  trade: {
    customers: whole('--customers', flags.customers),
    restaurants: whole('--restaurants', flags.restaurants),
    skew: parseCount('--skew', flags.skew),
  },
  openOrders: whole('--open', flags.open),
  connections: whole('--connections', flags.connections),
  samplesPerSecond: parseCount('--samples', flags.samples),
});

const steady = ({ rate, commands = false, duration = '60s', ramp }: LoadFlags): Profile => {
  const perSecond = above0('--rate', parseCount('--rate', rate));
  const life = averageLife();
  return {
    kind: 'steady',
    eventsPerSecond: commands ? (perSecond * life.events) / life.commands : perSecond,
    rampSeconds: parseSeconds('--ramp', ramp),
    seconds: above0('--duration', parseSeconds('--duration', duration)),
  };
};

const day = (events: string, { compress: faster, duration, commands = false }: LoadFlags): Profile => {
  if (commands) throw new Error('--day counts events; --commands goes with --rate');
  const compress = above0('--compress', parseCount('--compress', faster));
  return {
    kind: 'day',
    eventsPerDay: above0('--day', parseCount('--day', events)),
    compress,
    seconds:
      duration === undefined ? daySeconds / compress : above0('--duration', parseSeconds('--duration', duration)),
  };
};

const above0 = (option: string, value: number): number => {
  if (value > 0) return value;
  throw new Error(`${option} is more than 0`);
};

const whole = (option: string, text: string, least = 1): number => {
  const value = parseCount(option, text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`${option} is a whole number from ${least} on, not ${text}`);
};
