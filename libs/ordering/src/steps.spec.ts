import { deciderSpecification } from '@orderline/testing';
import { describe, it } from 'vitest';
import type { OrderCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { OrderEvent } from './events.ts';
import { evolve } from './evolve.ts';
import * as example from './example-order.ts';
import { type Status, statuses } from './lifecycle.ts';

const { given } = deciderSpecification({ decide, evolve });

type Step = { command: OrderCommand; from: Status; to: Status; event: OrderEvent };

const steps: Step[] = [
  { command: example.confirm, from: 'Created', to: 'Confirmed', event: example.confirmed },
  { command: example.startPreparing, from: 'Confirmed', to: 'Preparing', event: example.preparing },
  { command: example.markReady, from: 'Preparing', to: 'Ready', event: example.ready },
  { command: example.dispatch, from: 'Ready', to: 'OutForDelivery', event: example.dispatched },
  { command: example.deliver, from: 'OutForDelivery', to: 'Delivered', event: example.delivered },
];

describe.each(steps)('$command.type', ({ command, from, to, event }) => {
  it(`takes an order from ${from} to ${to}`, () =>
    given(...example.historyTo[from])
      .when(command)
      .then(event));
  it(`decides nothing while ${to}`, () =>
    given(...example.historyTo[to])
      .when(command)
      .thenNothing());
  it.each(statuses.filter((status) => status !== from && status !== to))('is refused while %s', (status) => {
    given(...example.historyTo[status])
      .when(command)
      .thenRejected('transition_refused');
  });
  it('needs an order', () => given().when(command).thenRejected('order_not_found'));
});

describe('a repeated step', () => {
  it('changes nothing whatever its arguments', () => {
    given(...example.historyTo.Preparing)
      .when({ ...example.startPreparing, estimatedMinutes: 600 })
      .thenNothing();
    given(...example.historyTo.OutForDelivery)
      .when({ ...example.dispatch, courier: 'Linus' })
      .thenNothing();
    given(...example.historyTo.Delivered)
      .when({ ...example.deliver, signedBy: 'Linus' })
      .thenNothing();
  });
});

describe('what a step may leave out', () => {
  const { at } = example;
  it('dispatches without a tracking id', () =>
    given(...example.historyTo.Ready)
      .when({ type: 'DispatchOrder', at, courier: 'Ada' })
      .then({ ...example.dispatched, trackingId: null }));
  it('delivers without a signature', () =>
    given(...example.historyTo.OutForDelivery)
      .when({ type: 'DeliverOrder', at })
      .then({ ...example.delivered, signedBy: null }));
});

describe('confirming an order', () => {
  it('does not wait for its payment', () => given(example.created).when(example.confirm).then(example.confirmed));
});
