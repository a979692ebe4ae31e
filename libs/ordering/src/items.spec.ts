import { deciderSpecification } from '@orderline/testing';
import { describe, it } from 'vitest';
import { decide } from './decide.ts';
import type { OrderCreated } from './events.ts';
import { evolve } from './evolve.ts';
import { addSalad, at, cola, confirmed, created, paid, pizza, removeCola, salad } from './example-order.ts';
import { sku } from './ids.ts';
import type { Item } from './order.ts';

const { given } = deciderSpecification({ decide, evolve });

const add = (item: Item) => ({ type: 'AddItem', at, item }) as const;
const remove = (name: string) => ({ type: 'RemoveItem', at, sku: name }) as const;
const added = (item: Item, totalMinor: number) =>
  ({ type: 'OrderItemAdded', at, ...item, currency: 'USD', totalMinor }) as const;
const removed = (item: Item, totalMinor: number) =>
  ({ type: 'OrderItemRemoved', at, ...item, currency: 'USD', totalMinor }) as const;
const createdWith = (items: readonly Item[], totalMinor: number): OrderCreated => ({ ...created, items, totalMinor });

describe('adding an item', () => {
  it('adds a line and its price', () => given(created).when(addSalad).then(added(salad, 3500)));
  it('adds pieces to a line of the same name and price', () =>
    given(created)
      .when(add({ ...cola, quantity: 3 }))
      .then(added({ ...cola, quantity: 3 }, 3700)));
  it('is lawful twice', () => given(created, added(salad, 3500)).when(addSalad).then(added(salad, 4200)));
  it('may be free', () => {
    const napkin = { sku: sku('napkin'), name: 'Napkin', quantity: 5, unitPriceMinor: 0 };
    given(created).when(add(napkin)).then(added(napkin, 2800));
  });
  it('is refused at another price', () =>
    given(created)
      .when(add({ ...cola, unitPriceMinor: 301 }))
      .thenRejected('item_conflict'));
  it('is refused under another name', () =>
    given(created)
      .when(add({ ...cola, name: 'Cola Zero' }))
      .thenRejected('item_conflict'));
  it('is refused once confirmed', () => given(created, confirmed).when(addSalad).thenRejected('transition_refused'));
  it('looks at the status before the item', () =>
    given(created, confirmed)
      .when(add({ ...cola, unitPriceMinor: 1 }))
      .thenRejected('transition_refused'));

  it('fills a line up to 999 pieces and no further', () => {
    given(created)
      .when(add({ ...cola, quantity: 998 }))
      .then(added({ ...cola, quantity: 998 }, 2800 + 998 * 300));
    given(created)
      .when(add({ ...cola, quantity: 999 }))
      .thenRejected('limit_exceeded');
  });

  it('fills an order up to 100 lines and no further, but still adds to a line', () => {
    const items = Array.from({ length: 99 }, (_, index) => ({ ...cola, sku: sku(`sku-${index}`) }));
    const hundred = [...items, { ...cola, sku: sku('sku-99') }];
    given(createdWith(items, 29_700)).when(addSalad).then(added(salad, 30_400));
    given(createdWith(hundred, 30_000)).when(addSalad).thenRejected('limit_exceeded');
    given(createdWith(hundred, 30_000)).when(add(hundred[99]!)).then(added(hundred[99]!, 30_300));
  });

  it('keeps the total below 10^12 minor units', () => {
    const gold = { sku: sku('gold'), name: 'Gold', quantity: 1, unitPriceMinor: 10 ** 12 - 2801 };
    given(created)
      .when(add(gold))
      .then(added(gold, 10 ** 12 - 1));
    given(created)
      .when(add({ ...gold, unitPriceMinor: gold.unitPriceMinor + 1 }))
      .thenRejected('limit_exceeded');
    given(created)
      .when(add({ ...gold, quantity: 999, unitPriceMinor: 10 ** 12 - 1 }))
      .thenRejected('limit_exceeded');
  });
});

describe('removing an item', () => {
  it('takes the whole line and its price', () => given(created).when(removeCola).then(removed(cola, 2500)));
  it('takes all pieces that came together in the line', () =>
    given(created, added(cola, 3100))
      .when(removeCola)
      .then(removed({ ...cola, quantity: 2 }, 2500)));
  it('is refused when it is not there', () => given(created).when(remove('soup')).thenRejected('item_not_found'));
  it('is refused when it was removed before', () =>
    given(created, removed(cola, 2500)).when(removeCola).thenRejected('item_not_found'));
  it('is refused for the last one', () =>
    given(created, removed(cola, 2500)).when(remove('pizza')).thenRejected('last_item'));
  it('is refused once confirmed, whatever the item', () =>
    given(created, confirmed).when(remove('soup')).thenRejected('transition_refused'));

  it('is refused where the total would fall below what is paid and not refunded', () => {
    const fullyPaid = { ...paid, amountMinor: 301, paidMinor: 301 };
    given(created, fullyPaid).when(remove('pizza')).thenRejected('below_paid');
    given(created, { ...fullyPaid, amountMinor: 300, paidMinor: 300 })
      .when(remove('pizza'))
      .then(removed(pizza, 300));
    given(created, fullyPaid, {
      type: 'PaymentRefunded',
      at,
      amountMinor: 1,
      currency: 'USD',
      reason: 'rounding',
      reference: 'f-1',
      paidMinor: 301,
      refundedMinor: 1,
    })
      .when(remove('pizza'))
      .then(removed(pizza, 300));
  });

  it('names the last item before what is paid', () =>
    given(created, removed(cola, 2500), paid).when(remove('pizza')).thenRejected('last_item'));
});

describe('an order stored before items had prices', () => {
  const unpriced = [
    { ...pizza, unitPriceMinor: 0 },
    { ...cola, unitPriceMinor: 0 },
  ];
  const upcast = createdWith(unpriced, 2800);

  it('keeps its stored total and adds to it', () => given(upcast).when(addSalad).then(added(salad, 3500)));
  it('takes from it what the line is known to cost', () =>
    given(upcast).when(removeCola).then(removed(unpriced[1]!, 2800)));
  it('takes back what was added', () =>
    given(upcast, added(salad, 3500)).when(remove('salad')).then(removed(salad, 2800)));
  it('can be paid up to its stored total', () =>
    given(upcast)
      .when({ type: 'RecordPayment', at, method: 'card', amountMinor: 2801, reference: 'p-1' })
      .thenRejected('payment_exceeds_total'));
  it('never totals less than nothing', () =>
    given(createdWith([pizza, cola], 2000))
      .when(remove('pizza'))
      .thenRejected('below_paid'));
});
