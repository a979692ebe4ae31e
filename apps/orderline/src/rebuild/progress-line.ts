import type { Generation } from './projection-routes.ts';

const width = 30;

/** `[██████░░░░]  61.3 %  18,204 events/s  about 12 s left`, of a generation that is being filled. */
export const progressLine = ({ partitions, lagEvents, rebuild, ratePerSecond }: Generation): string => {
  if (partitions.length === 0) return `${bar(0)}  waiting for its partitions`;
  const { percent, secondsLeft } = rebuild ?? { percent: 100, secondsLeft: 0 };
  const parts = [`${percent.toFixed(1).padStart(5)} %`, `${count(Math.round(ratePerSecond))} events/s`];
  if (lagEvents === 0) parts.push('comparing with the serving rows');
  else if (ratePerSecond > 0) parts.push(`about ${duration(secondsLeft)} left`);
  return [bar(percent), ...parts].join('  ');
};

const bar = (percent: number): string => {
  const done = Math.floor((percent / 100) * width);
  return `[${'█'.repeat(done)}${'░'.repeat(width - done)}]`;
};

export const count = (number: number): string => number.toLocaleString('en-US');

/** `45 s`, `3 min 20 s`, `2 h 5 min` */
export const duration = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
};
