import { summaryOf } from './order-summary.ts';
import { compare, isVisible, readJson, type ReadModel } from './read-model.ts';

type Page = { items: { orderId: string }[]; next: string | null };

export const customerHistory = (url: string): ReadModel => ({
  projection: 'customer-history',
  awaitVersion: (version) => isVisible(`${url}/customers/${version.customerId}/orders?limit=1`, version),
  mismatches: async (written) => {
    const customers = new Set(written.map(({ customerId }) => customerId));
    const shown = new Map<string, object>();
    for (const customer of customers) {
      for (const order of await ordersOf(url, customer)) shown.set(order.orderId, order);
    }
    return written.flatMap((order) => compare(order.orderId, summaryOf(order), shown.get(order.orderId) ?? {}));
  },
});

const ordersOf = async (url: string, customer: string): Promise<Page['items']> => {
  const items: Page['items'] = [];
  let next: string | null = null;
  do {
    const after: string = next === null ? '' : `&after=${encodeURIComponent(next)}`;
    const page: Page = await readJson<Page>(`${url}/customers/${customer}/orders?limit=200${after}`);
    items.push(...page.items);
    next = page.next;
  } while (next !== null);
  return items;
};
