import { expect, it } from 'vitest';
import { chanceOf } from '../lives/chance.ts';
import { tradeOf } from '../lives/trade.ts';
import { OpenOrders } from './open-orders.ts';

const openAfter = (commands: number, most: number): { open: number; born: number } => {
  const chance = chanceOf(3);
  const orders = new OpenOrders({ lifeOf: tradeOf(3, { customers: 100, restaurants: 10, skew: 1 }), chance, most });
  const open = new Set<number>();
  for (let n = 0; n < commands; n += 1) {
    const life = orders.take();
    life.at += 1;
    if (life.at < life.steps.length) open.add(life.n);
    else open.delete(life.n);
    orders.giveBack(life);
  }
  return { open: open.size, born: orders.born };
};

it('many orders come to be open at a time, up to as many as were asked for', () => {
  expect(openAfter(10_000, 5_000).open).toBeGreaterThan(120);
  expect(openAfter(20_000, 5_000).open).toBeGreaterThan(openAfter(10_000, 5_000).open);
  expect(openAfter(20_000, 200).open).toBeLessThanOrEqual(200);
  expect(openAfter(20_000, 200).open).toBeGreaterThan(150);
});

it('orders are begun about as often as they end: the mix of commands is that of whole lives', () => {
  const { born } = openAfter(15_000, 20_000);
  expect(15_000 / born).toBeGreaterThan(5.5);
  expect(15_000 / born).toBeLessThan(8);
});
