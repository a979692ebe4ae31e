import { customerId, restaurantId, sku, type Item, type OrderCommand } from '@orderline/ordering';

const at = Date.parse('2026-01-15T14:05:00.120Z');

const first: OrderCommand = {
  type: 'CreateOrder',
  at,
  customerId: customerId('customer-1234'),
  restaurantId: restaurantId('restaurant-567'),
  currency: 'EUR',
  items: [
    { sku: sku('pizza-margherita'), name: 'Margherita', quantity: 900, unitPriceMinor: 1250 },
    { sku: sku('cola-33'), name: 'Cola', quantity: 1, unitPriceMinor: 300 },
  ],
  deliveryAddress: '1 Long Street, Springfield',
};
const pay = (share: number): OrderCommand => ({
  type: 'RecordPayment',
  at,
  method: 'card',
  amountMinor: 500,
  reference: `share-${share}`,
});
const steps: OrderCommand[] = [
  { type: 'ConfirmOrder', at },
  { type: 'StartPreparing', at, estimatedMinutes: 20 },
  { type: 'MarkReady', at },
  { type: 'DispatchOrder', at, courier: 'Ada', trackingId: 't-1' },
  { type: 'DeliverOrder', at, signedBy: 'Grace' },
];

/**
 * The commands of an order that is made, paid, confirmed, prepared, ready, on its way and delivered, an event each. What
 * `events` has beyond these 7 are changes while it is Created, as of a party that orders together: guests put dishes on the
 * list and take them off again, the notes change, every tenth change is somebody's share of the bill.
 */
export const lifeOf = (events: number): OrderCommand[] => [
  first,
  pay(0),
  ...Array.from({ length: events - steps.length - 2 }, (_, nth) => change(nth)),
  ...steps,
];

const change = (nth: number): OrderCommand => {
  const place = nth % 10;
  if (place === 4) return { type: 'UpdateOrder', at, notes: `table for ${nth}, ring twice` };
  if (place === 9) return pay(nth);
  const dish: Item = { sku: sku(`dish-${place % 5}`), name: 'A dish of the day', quantity: 1, unitPriceMinor: 1100 };
  return place < 4 ? { type: 'AddItem', at, item: dish } : { type: 'RemoveItem', at, sku: dish.sku };
};
