import { deciderSpecification } from '@orderline/testing';
import { describe, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { at, created, historyTo, ringTwice } from './example-order.ts';

const { given } = deciderSpecification({ decide, evolve });

const update = (changes: { deliveryAddress?: string | null | undefined; notes?: string | null | undefined }) =>
  ({ type: 'UpdateOrder', at, ...changes }) as const;
const updated = (deliveryAddress: string | null, notes: string | null) =>
  ({ type: 'OrderUpdated', at, deliveryAddress, notes }) as const;

describe('updating an order', () => {
  it('says both fields as they are after it', () =>
    given(created).when(ringTwice).then(updated('1 Main Street', 'ring twice')));
  it('changes both at once', () =>
    given(created)
      .when(update({ deliveryAddress: '2 Main Street', notes: 'ring' }))
      .then(updated('2 Main Street', 'ring')));
  it('clears a field with null', () =>
    given(created)
      .when(update({ deliveryAddress: null }))
      .then(updated(null, null)));
  it('leaves an absent or undefined field as it is', () =>
    given(created, updated('1 Main Street', 'ring'))
      .when(update({ deliveryAddress: undefined, notes: 'knock' }))
      .then(updated('1 Main Street', 'knock')));
  it('decides nothing without a difference', () => {
    given(created)
      .when(update({ notes: null }))
      .thenNothing();
    given(created)
      .when(update({ deliveryAddress: '1 Main Street' }))
      .thenNothing();
    given(created).when(update({})).thenNothing();
  });
  it('decides nothing when updated twice', () =>
    given(created, updated('1 Main Street', 'ring twice')).when(ringTwice).thenNothing());
  it('is still a repeat when the order went on its way meanwhile', () =>
    given(...historyTo.OutForDelivery)
      .when(update({ notes: null }))
      .thenNothing());

  it.each(['Created', 'Confirmed', 'Preparing', 'Ready'] as const)('is lawful while %s', (status) => {
    given(...historyTo[status])
      .when(ringTwice)
      .then(updated('1 Main Street', 'ring twice'));
  });
  it.each(['OutForDelivery', 'Delivered', 'Cancelled'] as const)('is refused while %s', (status) => {
    given(...historyTo[status])
      .when(ringTwice)
      .thenRejected('transition_refused');
  });
});
