import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlOf } from '../invariants/projectors.ts';
import { atRest } from '../invariants/at-rest.ts';
import { createOrder } from '../pipeline/order-client.ts';
import { launchBrowser } from './browser.ts';
import { filled, visit } from './visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

/** Resolves after so many looks of the console at its pipeline: it tells every page of each. */
const looks = async (count: number): Promise<void> => {
  const leaving = new AbortController();
  const { body } = await fetch(`${urlOf('console')}/api/stream`, { signal: leaving.signal });
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.split('event: pipeline').length > count) break;
  }
  leaving.abort();
};

describe('an open page', () => {
  it('is told what is new and asks for nothing: at rest it makes no request, and shows an order all the same', async () => {
    await atRest();
    const open = [
      ['/', 'Pipeline'],
      ['/projections', 'Projections'],
      ['/parked', 'Parked orders'],
      ['/restaurants/r-live', 'Restaurant r-live'],
    ] as const;
    const visits = await Promise.all(
      open.map(async ([path, heading]) => {
        const one = await visit(browser, { at: urlOf('console') });
        await one.page.goto(path);
        await filled(one.page, heading);
        return one;
      }),
    );
    const [map, , , board] = visits.map(({ page }) => page);
    await looks(2);
    for (const { requests } of visits) requests.length = 0;
    await looks(3);
    const { orderId } = (await createOrder({ restaurantId: 'r-live' })).body;
    await board?.getByRole('link', { name: `Order ${orderId}` }).waitFor();
    await map?.locator('article[aria-label="order-summary"]').filter({ hasNotText: 'Rate0/s' }).waitFor();
    expect(visits.map(({ requests }) => requests)).toEqual([[], [], [], []]);
  });

  it('opens with less than 300 kB of script on the wire', async () => {
    const { page, complaints } = await visit(browser, { at: urlOf('console') });
    const scripts: Promise<Record<string, string>>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.allHeaders());
    });
    const began = performance.now();
    await page.goto('/');
    await page.getByRole('link', { name: 'Place a demo order' }).click({ trial: true });
    const usable = performance.now();
    await page.getByRole('region', { name: 'Pipeline map' }).waitFor();
    await page.getByRole('img', { name: /^Events per second/u }).waitFor();
    const headers = await Promise.all(scripts);
    for (const one of headers) expect(one['content-encoding']).toMatch(/^(?:br|gzip)$/u);
    const bytes = headers.reduce((sum, one) => sum + Number(one['content-length']), 0);
    const millis = (until: number): string => `${(until - began).toFixed(0)} ms`;
    console.log(
      `first view: ${(bytes / 1_000).toFixed(0)} kB of script in ${scripts.length} files, usable after ${millis(usable)}, filled after ${millis(performance.now())}`,
    );
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(300_000);
    expect(complaints).toEqual([]);
  });
});

describe('whoever has no mouse', () => {
  it('comes from the first page to a placed and confirmed order, and always sees where the focus is', async () => {
    const { page } = await visit(browser, { at: urlOf('console') });
    await page.goto('/');
    await filled(page, 'Pipeline');
    const focused = page.locator(':focus');
    /** Tab by tab, as far as 60 of them. */
    const tabTo = async (wanted: string): Promise<void> => {
      const passed: string[] = [];
      while (passed.length < 60) {
        await page.keyboard.press('Tab');
        const here = (await focused.count()) === 0 ? 'nothing' : await focused.ariaSnapshot();
        passed.push(here.split('\n')[0] ?? '');
        if (!here.includes(wanted)) continue;
        expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle'), wanted).not.toBe(
          'none',
        );
        return;
      }
      throw new Error(`no tab leads to ${wanted}, only to: ${passed.join(', ')}`);
    };
    await tabTo('link "Skip to the content"');
    await page.keyboard.press('Enter');
    await tabTo('link "Place a demo order"');
    await page.keyboard.press('Enter');
    await filled(page, 'Try it');
    await tabTo('textbox "Dish"');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Two soups');
    await tabTo('button "Place the order"');
    await page.keyboard.press('Enter');
    await page.getByLabel('Announcements').getByText('The order is placed').waitFor();
    for (const step of ['Pay', 'Confirm']) {
      await page.getByRole('button', { name: step, exact: true }).waitFor();
      await page.keyboard.press('Shift+Tab');
      await tabTo(`button "${step}"`);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Start preparing' }).waitFor();
  });
});
