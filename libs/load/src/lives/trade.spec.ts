import { expect, it } from 'vitest';
import type { Step } from './step.ts';
import { averageLife, courses, tradeOf } from './trade.ts';

const trade = { customers: 1_000, restaurants: 50, skew: 0.8 };
const livesOf = (seed: number, orders: number): (readonly Step[])[] =>
  Array.from({ length: orders }, (_, n) => tradeOf(seed, trade)(n));

it('shares of the kinds of life add up to a hundred', () => {
  expect(courses.reduce((sum, { percent }) => sum + percent, 0)).toBe(100);
});

it('the same seed gives the same orders, another seed others', () => {
  expect(livesOf(3, 50)).toEqual(livesOf(3, 50));
  expect(livesOf(4, 50)).not.toEqual(livesOf(3, 50));
});

it('a rate in events can be made a rate in commands: lives come to what is said of them', () => {
  const lives = livesOf(1, 5_000);
  const { events, commands } = averageLife();
  const drawn = lives.flat();
  const rivals = drawn.filter(({ rival }) => rival !== undefined).length;
  const added = drawn.reduce((sum, { adds }) => sum + adds, 0) + rivals / 2;
  expect(added / lives.length / events).toBeCloseTo(1, 1);
  expect((drawn.length + rivals) / lives.length / commands).toBeCloseTo(1, 1);
});

it('customers and restaurants are unlike one another in how much they trade', () => {
  const names = livesOf(1, 5_000).map(([create]) => (create?.body as { restaurantId: string }).restaurantId);
  const counts = [...Map.groupBy(names, (name) => name).values()].map(({ length }) => length);
  expect(counts.length).toBe(50);
  expect(Math.max(...counts) / Math.min(...counts)).toBeGreaterThan(10);
});

it('what is paid is what the dishes cost, and what is too much is more', () => {
  for (const life of livesOf(2, 500)) {
    const { items } = life[0]?.body as { items: { quantity: number; unitPrice: string }[] };
    const cents = items.reduce((sum, item) => sum + item.quantity * Math.round(Number(item.unitPrice) * 100), 0);
    for (const { path, body, refusal } of life.filter((step) => step.path === '/payments')) {
      const paid = Math.round(Number((body as { amount: string }).amount) * 100);
      if (refusal === undefined) expect(paid, path).toBe(cents);
      else expect(paid, path).toBeGreaterThan(cents);
    }
  }
});
