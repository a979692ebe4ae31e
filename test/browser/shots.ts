import type { Page } from 'playwright-core';
import { phone, type Scheme, type Viewport } from './visit.ts';

/** What of the living stack the pictures show. */
export type Sights = { readonly orderId: string; readonly parkedId: string; readonly restaurantId: string };

/** One picture: where it is taken, and what is done on the page before. */
export type Shot = {
  readonly file: string;
  readonly path: (sights: Sights) => string;
  readonly heading: RegExp | string;
  readonly viewport?: Viewport;
  readonly scheme?: Scheme;
  readonly arrange?: (page: Page, sights: Sights) => Promise<void>;
};

const everywhere = (page: Page): Promise<void> =>
  page
    .getByRole('list', { name: /^How far version/u })
    .getByText('On its way')
    .first()
    .waitFor({ state: 'hidden' });

const chart = (name: RegExp) => (page: Page) => page.getByRole('img', { name }).waitFor();

const theMap = { path: () => '/', heading: 'Pipeline', arrange: chart(/^Seconds each station/u) };

export const shots: readonly Shot[] = [
  { file: 'pipeline', ...theMap },
  { file: 'pipeline-dark', scheme: 'dark', ...theMap },
  { file: 'pipeline-phone', viewport: phone, ...theMap },
  { file: 'try-it', path: ({ orderId }) => `/try?order=${orderId}`, heading: 'Try it', arrange: everywhere },
  { file: 'orders', path: () => '/orders', heading: 'Orders' },
  {
    file: 'order',
    path: ({ orderId }) => `/orders/${orderId}`,
    heading: /^Order /u,
    viewport: { width: 1280, height: 1_000 },
    arrange: async (page) => {
      await everywhere(page);
      await page.getByRole('slider').fill('3');
      await page.getByText('after OrderConfirmed').first().waitFor();
    },
  },
  {
    file: 'projections',
    path: () => '/projections',
    heading: 'Projections',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Rebuild funnel' }).click();
      await page.getByText(/of funnel is the same as the serving one/u).waitFor();
    },
  },
  { file: 'parked', path: ({ parkedId }) => `/parked/${parkedId}`, heading: 'Parked orders' },
  { file: 'schemas', path: () => '/schemas', heading: 'Schemas' },
  {
    file: 'time-machine',
    path: () => '/time-machine',
    heading: 'Time machine',
    arrange: async (page) => {
      await page.getByLabel('Span').selectOption({ label: 'Last 15 minutes' });
      await chart(/^Orders in each status/u)(page);
    },
  },
  {
    file: 'restaurant',
    path: ({ restaurantId }) => `/restaurants/${restaurantId}`,
    heading: /^Restaurant /u,
    arrange: (page) =>
      page
        .getByRole('region', { name: /^Board of/u })
        .getByText('Live', { exact: true })
        .waitFor(),
  },
];
