import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlOf } from '../invariants/projectors.ts';
import { command, createOrder, readSummary } from '../pipeline/order-client.ts';
import { launchBrowser } from './browser.ts';
import { hindrances, tooWide } from './faults-of-page.ts';
import { giveUp, parkUnreadable } from './parked-orders.ts';
import { desktop, filled, phone, visit, type Visit } from './visit.ts';

type Place = { readonly path: string; readonly heading: RegExp | string };

let browser: Browser;
let orderId = '';
let parkedId = '';
beforeAll(async () => {
  [browser, parkedId, { orderId }] = await Promise.all([
    launchBrowser(),
    parkUnreadable(),
    createOrder({ restaurantId: 'r-seen' }).then(({ body }) => body),
  ]);
  await command(orderId, 'confirm');
  await readSummary(orderId, 2);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await giveUp(parkedId);
});

const pages: [string, () => Place][] = [
  ['the pipeline', () => ({ path: '/', heading: 'Pipeline' })],
  ['the form to try it', () => ({ path: '/try', heading: 'Try it' })],
  ['an order that is tried', () => ({ path: `/try?order=${orderId}`, heading: 'Try it' })],
  ['the orders', () => ({ path: '/orders', heading: 'Orders' })],
  ['an order', () => ({ path: `/orders/${orderId}`, heading: /^Order / })],
  ['the projections', () => ({ path: '/projections', heading: 'Projections' })],
  ['the parked orders', () => ({ path: '/parked', heading: 'Parked orders' })],
  ['a parked order', () => ({ path: `/parked/${parkedId}`, heading: 'Parked orders' })],
  ['the schemas', () => ({ path: '/schemas', heading: 'Schemas' })],
  ['the time machine', () => ({ path: '/time-machine', heading: 'Time machine' })],
  ['the restaurants', () => ({ path: '/restaurants', heading: 'Restaurants' })],
  ["a restaurant's board", () => ({ path: '/restaurants/r-seen', heading: 'Restaurant r-seen' })],
  ['an address that leads nowhere', () => ({ path: '/nowhere', heading: 'No such page' })],
];

describe.each([
  ['on a desk', desktop],
  ['on a phone', phone],
])('%s, in light and dark', (_, viewport) => {
  let here: Visit;
  beforeAll(async () => {
    here = await visit(browser, { at: urlOf('console'), viewport });
  });
  afterAll(() => here.page.context().close());

  it.each(pages)(
    'the page of %s opens without a complaint of the browser, hinders nobody, and is no wider than its window',
    async (__, placeOf) => {
      const { path, heading } = placeOf();
      const { page, complaints } = here;
      complaints.length = 0;
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(path);
      await filled(page, heading);
      expect(await hindrances(page), 'in light').toEqual([]);
      expect(await tooWide(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await filled(page, heading);
      // Nothing but the colours is another.
      expect(await hindrances(page, ['color-contrast', 'link-in-text-block']), 'in dark').toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
