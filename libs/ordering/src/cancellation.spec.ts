import { deciderSpecification } from '@orderline/testing';
import { describe, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import {
  cancel,
  cancelled,
  confirmed,
  created,
  historyTo,
  paid,
  refunded,
  refundedByCancellation,
} from './example-order.ts';

const { given } = deciderSpecification({ decide, evolve });

const withoutRefund = { ...cancel, refund: undefined };
const refundedWhole = { ...refunded, amountMinor: 1000, refundedMinor: 1000 };

describe('cancelling an order', () => {
  it('needs no refund where nothing is paid', () => given(created).when(withoutRefund).then(cancelled));
  it('minds no refund where nothing is paid', () => given(created).when(cancel).then(cancelled));
  it('needs no refund where all is refunded', () =>
    given(created, paid, refundedWhole).when(withoutRefund).then(cancelled));
  it('is refused while money is held', () => given(created, paid).when(withoutRefund).thenRejected('refund_required'));
  it('is refused while some of the money is held', () =>
    given(created, paid, refunded)
      .when({ ...cancel, refund: false })
      .thenRejected('refund_required'));
  it('refunds what is held and cancels in one decision', () =>
    given(created, paid, refunded).when(cancel).then(refundedByCancellation, cancelled));

  it.each(['Created', 'Confirmed', 'Preparing'] as const)('is lawful while %s', (status) => {
    given(...historyTo[status])
      .when(cancel)
      .then(refundedByCancellation, cancelled);
  });
  it.each(['Ready', 'OutForDelivery', 'Delivered'] as const)('is refused while %s, before the money', (status) => {
    given(...historyTo[status])
      .when(withoutRefund)
      .thenRejected('transition_refused');
    given(...historyTo[status])
      .when(cancel)
      .thenRejected('transition_refused');
  });
  it('decides nothing when cancelled twice, whatever the reason', () => {
    given(...historyTo.Cancelled)
      .when(cancel)
      .thenNothing();
    given(created, confirmed, cancelled)
      .when({ ...withoutRefund, reason: 'another' })
      .thenNothing();
  });
  it('needs an order', () => given().when(cancel).thenRejected('order_not_found'));

  it('never refunds twice under its own reference', () => {
    const taken = { ...refunded, reference: 'cancellation' };
    given(created, paid, taken).when(cancel).thenRejected('reference_conflict');
    given(created, paid, { ...refundedWhole, reference: 'cancellation' })
      .when(cancel)
      .then(cancelled);
  });
  it('does not mind a payment of that reference', () =>
    given(created, { ...paid, reference: 'cancellation' }, refunded)
      .when(cancel)
      .then(refundedByCancellation, cancelled));
});
