import { expect, it } from 'vitest';
import { chanceOf } from '../lives/chance.ts';
import { dueInstants } from './due.ts';

const instants = async (rate: (n: number) => number, count: number): Promise<number[]> => {
  const due: number[] = [];
  const clock = { chance: chanceOf(5), rate: () => rate(due.length), isOver: () => due.length >= count };
  for await (const at of dueInstants(clock)) due.push(at);
  return due;
};

it('commands fall due at the rate on average, and at instants drawn beforehand', async () => {
  const due = await instants(() => 1_000, 400);
  const seconds = (due.at(-1)! - due[0]!) / 1_000;
  expect(400 / seconds).toBeGreaterThan(850);
  expect(400 / seconds).toBeLessThan(1_150);
  const gaps = (some: number[]): number[] => some.slice(1).map((at, n) => Math.round((at - some[n]!) * 1_000));
  expect(gaps(await instants(() => 1_000, 50))).toEqual(gaps(due.slice(0, 50)));
});

it('a rate that rises counts at once, however long the next command was to be waited for', async () => {
  const begun = performance.now();
  let rate = 0.001;
  setTimeout(() => (rate = 1_000), 60);
  await instants(() => rate, 20);
  expect(performance.now() - begun).toBeLessThan(1_000);
});

it('what was not sent in time is still due when it was: lateness is never taken for a later plan', async () => {
  const due: number[] = [];
  const clock = { chance: chanceOf(5), rate: () => 1_000, isOver: () => due.length >= 60 };
  for await (const at of dueInstants(clock)) {
    due.push(at);
    if (due.length === 10) for (const until = performance.now() + 80; performance.now() < until;);
  }
  expect(due.every((at, n) => n === 0 || at - due[n - 1]! < 50)).toBe(true);
  expect(due).toEqual(due.toSorted((one, other) => one - other));
});
