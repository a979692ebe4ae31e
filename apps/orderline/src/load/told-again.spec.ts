import { expect, it, onTestFinished, vi } from 'vitest';
import { toldAgain } from './told-again.ts';

/** What this process does when it gets the signal, without what the test runner does. */
const interrupt = (before: readonly unknown[]): void => {
  for (const listener of process.listeners('SIGINT').filter((one) => !before.includes(one))) listener('SIGINT');
};

it('one Ctrl-C that comes twice is one; another, later, is another', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const before = process.listeners('SIGINT');
  onTestFinished(() => {
    for (const one of process.listeners('SIGINT').filter((other) => !before.includes(other)))
      process.off('SIGINT', one);
  });
  const told = new AbortController();
  const again = toldAgain(told.signal);
  interrupt(before);
  expect(again.aborted).toBe(false);
  told.abort();
  vi.advanceTimersByTime(300);
  interrupt(before);
  expect(again.aborted).toBe(false);
  vi.advanceTimersByTime(5_000);
  interrupt(before);
  expect(again.aborted).toBe(true);
});
