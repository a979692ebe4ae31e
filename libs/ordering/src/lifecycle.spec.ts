import { describe, expect, it } from 'vitest';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { OrderEvent } from './events.ts';
import { evolve } from './evolve.ts';
import * as example from './example-order.ts';
import { type Status, statuses } from './lifecycle.ts';
import { OrderRejected, type RejectionCode } from './order-rejected.ts';
import type { Order } from './order.ts';

type Outcome = RejectionCode | readonly OrderEvent['type'][];

const commands = {
  CreateOrder: example.createOrder,
  AddItem: example.addSalad,
  RemoveItem: example.removeCola,
  UpdateOrder: example.ringTwice,
  RecordPayment: example.pay,
  RefundPayment: example.refund,
  ConfirmOrder: example.confirm,
  StartPreparing: example.startPreparing,
  MarkReady: example.markReady,
  DispatchOrder: example.dispatch,
  DeliverOrder: example.deliver,
  CancelOrder: example.cancel,
  'UpdateOrder to what is so': { ...example.ringTwice, notes: null },
  'RecordPayment, known reference': { ...example.pay, reference: 'p-1', method: 'card', amountMinor: 1000 },
  'RecordPayment, known reference, other amount': { ...example.pay, reference: 'p-1', method: 'card', amountMinor: 1 },
  'RefundPayment, known reference': { ...example.refund, reference: 'f-1', amountMinor: 400 },
  'RefundPayment, known reference, other amount': { ...example.refund, reference: 'f-1', amountMinor: 1 },
  'CancelOrder without refund': { ...example.cancel, refund: false },
} as const satisfies Record<OrderCommand['type'], OrderCommand> & Record<string, OrderCommand>;

const none = 'order_not_found';
const no = 'transition_refused';
const same: Outcome = [];
const clash = 'reference_conflict';
const added: Outcome = ['OrderItemAdded'];
const removed: Outcome = ['OrderItemRemoved'];
const updated: Outcome = ['OrderUpdated'];
const received: Outcome = ['PaymentReceived'];
const returned: Outcome = ['PaymentRefunded'];
const over = 'refund_exceeds_paid';
const called: Outcome = ['PaymentRefunded', 'OrderCancelled'];
const due = 'refund_required';

/** By status: no order, Created, Confirmed, Preparing, Ready, OutForDelivery, Delivered, Cancelled. */
type Row = readonly [Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome];

const table: Record<keyof typeof commands, Row> = {
  CreateOrder: [['OrderCreated'], same, no, no, no, no, no, no],
  AddItem: [none, added, no, no, no, no, no, no],
  RemoveItem: [none, removed, no, no, no, no, no, no],
  UpdateOrder: [none, updated, updated, updated, updated, no, no, no],
  RecordPayment: [none, received, received, received, received, received, received, no],
  RefundPayment: [none, returned, returned, returned, returned, returned, returned, over],
  ConfirmOrder: [none, ['OrderConfirmed'], same, no, no, no, no, no],
  StartPreparing: [none, no, ['OrderPreparing'], same, no, no, no, no],
  MarkReady: [none, no, no, ['OrderReady'], same, no, no, no],
  DispatchOrder: [none, no, no, no, ['OrderOutForDelivery'], same, no, no],
  DeliverOrder: [none, no, no, no, no, ['OrderDelivered'], same, no],
  CancelOrder: [none, called, called, called, no, no, no, same],
  'UpdateOrder to what is so': [none, same, same, same, same, same, same, same],
  'RecordPayment, known reference': [none, same, same, same, same, same, same, same],
  'RecordPayment, known reference, other amount': [none, clash, clash, clash, clash, clash, clash, clash],
  'RefundPayment, known reference': [none, same, same, same, same, same, same, same],
  'RefundPayment, known reference, other amount': [none, clash, clash, clash, clash, clash, clash, clash],
  'CancelOrder without refund': [none, due, due, due, no, no, no, same],
};

const orderIn = (status: Status): Order | undefined =>
  example.historyTo[status].reduce<Order | undefined>((order, event) => evolve(order, event), undefined);

const outcomeOf = (command: OrderCommand, order: Order | undefined): Outcome => {
  try {
    return decide(command, order).map(({ type }) => type);
  } catch (error) {
    if (error instanceof OrderRejected) return error.code;
    throw error;
  }
};

describe('lifecycle', () => {
  it('answers every command in every status as the table says', () => {
    const orders = [undefined, ...statuses.map(orderIn)];
    const actual = Object.fromEntries(
      Object.entries(commands).map(([name, command]) => [name, orders.map((order) => outcomeOf(command, order))]),
    );
    expect(actual).toEqual(table);
  });

  it.each(statuses)('has an example of an order that is %s', (status) => {
    expect(orderIn(status)?.status).toBe(status);
  });
});
