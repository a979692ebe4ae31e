import { describe, expect, it } from 'vitest';
import type { OrderEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { at, created, delivered, dispatched, historyTo, preparing, salad } from './example-order.ts';
import type { Order } from './order.ts';
import { orderShape, shapeOf, stateFingerprint } from './state-fingerprint.ts';

/**
 * Snapshots of this fingerprint lie in databases. When one of these two specs fails, the shape or the meaning of the
 * state has changed: a changed shape has its new fingerprint already, a changed meaning needs the next stateVersion;
 * then write down here what is true now.
 */
const published = {
  fingerprint: '1-bb73086f',
  shape: [
    '{cancelReason:string,courier:string,currency:string,customerId:string,deliveryAddress:string,',
    'estimatedReadyAt:number,items:[{name:string,quantity:number,sku:string,unitPriceMinor:number}],notes:string,',
    'paidMinor:number,payments:[[{amountMinor:number,method:string,reference:string}]],refundedMinor:number,',
    'refunds:[[{amountMinor:number,reference:string}]],restaurantId:string,signedBy:string,status:string,',
    'totalMinor:number,trackingId:string}',
  ].join(''),
  state: {
    status: 'Delivered',
    customerId: 'c-1',
    restaurantId: 'r-7',
    currency: 'USD',
    items: [
      { sku: 'pizza', name: 'Pizza', quantity: 2, unitPriceMinor: 1250 },
      { sku: 'cola', name: 'Cola', quantity: 1, unitPriceMinor: 300 },
    ],
    totalMinor: 2800,
    paidMinor: 1000,
    refundedMinor: 400,
    deliveryAddress: '2 Main Street',
    notes: 'ring',
    courier: 'Ada',
    trackingId: 't-1',
    signedBy: 'Grace',
    estimatedReadyAt: Date.UTC(2026, 0, 15, 14, 25),
    cancelReason: null,
    payments: [[{ reference: 'p-1', method: 'card', amountMinor: 1000 }]],
    refunds: [[{ reference: 'f-1', amountMinor: 400 }]],
  },
};

const everything: readonly OrderEvent[] = [
  ...historyTo.Created,
  { type: 'OrderItemAdded', at, ...salad, currency: 'USD', totalMinor: 3500 },
  { type: 'OrderItemRemoved', at, ...salad, currency: 'USD', totalMinor: 2800 },
  { type: 'OrderUpdated', at, deliveryAddress: '2 Main Street', notes: 'ring' },
  ...historyTo.Delivered.slice(historyTo.Created.length),
];

const fold = (history: readonly OrderEvent[]): Order =>
  history.reduce<Order | undefined>((order, event) => evolve(order, event), undefined)!;

describe('state fingerprint', () => {
  it('changes with the shape of the state', () => {
    expect({ shape: orderShape, fingerprint: stateFingerprint }).toEqual({
      shape: published.shape,
      fingerprint: published.fingerprint,
    });
  });

  it('stands for what the state means: the same history folds to the same state', () => {
    expect(fold(everything)).toEqual(published.state);
  });

  it('describes the state that evolve makes, not only its type', () => {
    const cancelled: OrderEvent = { type: 'OrderCancelled', at, reason: 'too late' };
    expect(shapeOf(fold([...everything, cancelled]))).toBe(orderShape);
  });

  it('tells a field that is new, gone, renamed, of another kind, or moved deeper', () => {
    const order = fold([created, preparing, dispatched, delivered]);
    const { signedBy, ...without } = order;
    const others = [
      { ...order, tip: 1 },
      without,
      { ...without, signature: signedBy },
      { ...order, totalMinor: '2800' },
      { ...order, items: order.items.map((item) => ({ ...item, tags: [] })) },
    ];
    expect(new Set([order, ...others].map(shapeOf)).size).toBe(others.length + 1);
  });

  it('does not depend on the order of fields', () => {
    expect(shapeOf({ a: 1, b: ['x'], c: null })).toBe(shapeOf({ c: null, b: ['y', 'z'], a: 2 }));
  });
});
