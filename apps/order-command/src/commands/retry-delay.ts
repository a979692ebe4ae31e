import { setTimeout as delay } from 'node:timers/promises';

const firstMs = 4;
const longestMs = 100;

/** A random part of a time that doubles with each try, so that two processes do not meet again in step. */
export const beforeNextTry = (tries: number): Promise<void> =>
  delay(Math.random() * Math.min(longestMs, firstMs * 2 ** tries));
