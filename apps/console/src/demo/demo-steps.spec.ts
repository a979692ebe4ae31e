import { describe, expect, it } from 'vitest';
import { demoSteps, type Order } from '../order-shapes.ts';
import { commandOf, nextSteps } from './demo-steps.ts';

const order = (changes: Partial<Order> = {}): Order => ({
  ...{ orderId: '019c1c2e-0000-7000-8000-000000000001', version: 1, status: 'Created' },
  ...{ customerId: 'c', restaurantId: 'r', currency: 'EUR', items: [] },
  ...{ total: '25.00', paid: '0.00', refunded: '0.00', deliveryAddress: null, notes: null, courier: null },
  ...{ trackingId: null, signedBy: null, estimatedReadyAt: null, cancelReason: null },
  ...{ createdAt: '2026-01-15T14:00:00.000Z', updatedAt: '2026-01-15T14:00:00.000Z' },
  ...changes,
});

const amountOf = (changes: Partial<Order>): unknown =>
  (commandOf('pay', order(changes), 'p').body as { amount: string }).amount;

describe('steps of a demo order', () => {
  it('lead from a new order to a delivered one, paying first', () => {
    expect(nextSteps(order())[0]).toBe('pay');
    const walked = (['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery'] as const).map(
      (status) => nextSteps(order({ status, paid: '25.00' }))[0],
    );
    expect(walked).toEqual(['confirm', 'start-preparing', 'mark-ready', 'dispatch', 'deliver']);
    expect(nextSteps(order({ status: 'Delivered', paid: '25.00' }))).toEqual([]);
  });

  it('are none for a cancelled order, and never a payment of nothing', () => {
    expect(nextSteps(order({ status: 'Cancelled' }))).toEqual([]);
    expect(nextSteps(order({ status: 'Delivered' }))).toEqual(['pay']);
  });

  it('pay what is still due, in the decimals of the currency', () => {
    expect(amountOf({})).toBe('25.00');
    expect(amountOf({ paid: '25.00', refunded: '0.05' })).toBe('0.05');
    expect(amountOf({ total: '1250', paid: '1000', refunded: '0' })).toBe('250');
    expect(amountOf({ total: '1.250', paid: '1.000', refunded: '0.000' })).toBe('0.250');
  });

  it('have a command each', () => {
    expect(demoSteps.map((step) => commandOf(step, order(), 'p').path)).toEqual([
      'payments',
      'confirm',
      'start-preparing',
      'mark-ready',
      'dispatch',
      'deliver',
      'cancel',
    ]);
  });
});
