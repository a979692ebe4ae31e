import { deciderSpecification } from '@orderline/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { at, created, historyTo, paid, pay, refund, refunded } from './example-order.ts';
import { statuses } from './lifecycle.ts';
import { OrderRejected } from './order-rejected.ts';

const { given } = deciderSpecification({ decide, evolve });

const card = (amountMinor: number, reference = 'p-1') =>
  ({ type: 'RecordPayment', at, method: 'card', amountMinor, reference }) as const;
const back = (amountMinor: number, reference = 'f-1') =>
  ({ type: 'RefundPayment', at, amountMinor, reason: 'cold', reference }) as const;
const open = statuses.filter((status) => status !== 'Cancelled');

describe('recording a payment', () => {
  it('says what is paid and refunded after it', () =>
    given(created, paid, refunded)
      .when(pay)
      .then({ ...paid, method: 'cash', amountMinor: 500, reference: 'p-2', paidMinor: 1500, refundedMinor: 400 }));
  it('takes the whole total', () =>
    given(created)
      .when(card(2800))
      .then({ ...paid, amountMinor: 2800, paidMinor: 2800 }));
  it('takes no more than the total', () => given(created).when(card(2801)).thenRejected('payment_exceeds_total'));
  it('takes no more than what is still due', () => {
    given(created, paid).when(card(1801, 'p-2')).thenRejected('payment_exceeds_total');
    given(created, paid)
      .when(card(1800, 'p-2'))
      .then({ ...paid, amountMinor: 1800, reference: 'p-2', paidMinor: 2800 });
  });
  it('takes again what was refunded', () =>
    given(created, paid, refunded)
      .when(card(2200, 'p-2'))
      .then({ ...paid, amountMinor: 2200, reference: 'p-2', paidMinor: 3200, refundedMinor: 400 }));

  it('decides nothing for a known reference', () => given(created, paid).when(card(1000)).thenNothing());
  it('refuses a known reference with another amount', () =>
    given(created, paid).when(card(999)).thenRejected('reference_conflict'));
  it('refuses a known reference with another method', () =>
    given(created, paid)
      .when({ ...card(1000), method: 'cash' })
      .thenRejected('reference_conflict'));
  it('looks at the reference before the amount', () =>
    given(created, paid).when(card(99_999)).thenRejected('reference_conflict'));
  it('knows nothing of the references of refunds', () =>
    given(created, paid, refunded)
      .when(card(400, 'f-1'))
      .then({ ...paid, amountMinor: 400, reference: 'f-1', paidMinor: 1400, refundedMinor: 400 }));

  it.each(open)('is lawful while %s', (status) => {
    given(...historyTo[status])
      .when(pay)
      .then({ ...paid, method: 'cash', amountMinor: 500, reference: 'p-2', paidMinor: 1500, refundedMinor: 400 });
  });
  it('is refused once cancelled', () =>
    given(...historyTo.Cancelled)
      .when(pay)
      .thenRejected('transition_refused'));
  it('is a repeat by a known reference once cancelled', () =>
    given(...historyTo.Cancelled)
      .when(card(1000))
      .thenNothing());

  it.each([0, -1, 0.5, Number.NaN])('refuses %d as an amount', (amountMinor) => {
    given(created).when(card(amountMinor)).thenRejected('invalid_request');
  });
  it('keeps the sum of all payments exact', () => {
    const much = { ...paid, paidMinor: Number.MAX_SAFE_INTEGER, refundedMinor: Number.MAX_SAFE_INTEGER };
    given(created, much).when(card(1, 'p-2')).thenRejected('limit_exceeded');
  });
  it('says what is due', () => {
    const order = evolve(evolve(undefined, created), paid);
    expect(() => decide(card(5000, 'p-2'), order)).toThrow(
      new OrderRejected('payment_exceeds_total', '18.00 USD are due'),
    );
  });
});

describe('refunding a payment', () => {
  it('says what is paid and refunded after it', () => given(created, paid).when(back(400)).then(refunded));
  it('refunds all that is paid', () =>
    given(created, paid)
      .when(back(1000))
      .then({ ...refunded, amountMinor: 1000, refundedMinor: 1000 }));
  it('refunds no more than what is paid', () =>
    given(created, paid).when(back(1001)).thenRejected('refund_exceeds_paid'));
  it('refunds no more than what is left', () =>
    given(created, paid, refunded).when(back(601, 'f-2')).thenRejected('refund_exceeds_paid'));
  it('refunds nothing where nothing is paid', () => given(created).when(back(1)).thenRejected('refund_exceeds_paid'));

  it('decides nothing for a known reference, whatever the reason', () =>
    given(created, paid, refunded)
      .when({ ...back(400), reason: 'late' })
      .thenNothing());
  it('refuses a known reference with another amount', () =>
    given(created, paid, refunded).when(back(401)).thenRejected('reference_conflict'));
  it('knows nothing of the references of payments', () =>
    given(created, paid)
      .when(back(400, 'p-1'))
      .then({ ...refunded, reference: 'p-1' }));

  it.each(open)('is lawful while %s', (status) => {
    given(...historyTo[status])
      .when(refund)
      .then({ ...refunded, amountMinor: 100, reason: 'late', reference: 'f-2', refundedMinor: 500 });
  });
  it('finds nothing to refund once cancelled', () =>
    given(...historyTo.Cancelled)
      .when(refund)
      .thenRejected('refund_exceeds_paid'));
  it('is a repeat by a known reference once cancelled, that of the cancellation included', () => {
    given(...historyTo.Cancelled)
      .when(back(400))
      .thenNothing();
    given(...historyTo.Cancelled)
      .when(back(600, 'cancellation'))
      .thenNothing();
  });
  it.each([0, -1])('refuses %d as an amount', (amountMinor) => {
    given(created, paid).when(back(amountMinor)).thenRejected('invalid_request');
  });
});
