import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { atRest } from '../invariants/at-rest.ts';
import { urlOf } from '../invariants/projectors.ts';
import { answers, freeze, pidOf, replaced } from '../invariants/stack-parts.ts';
import { createOrder, readSummary } from '../pipeline/order-client.ts';
import { launchBrowser } from './browser.ts';
import { filled, goTo, visit } from './visit.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  ({ page } = await visit(browser, { at: urlOf('console') }));
  await page.goto('/');
  await page.getByRole('region', { name: 'Pipeline map' }).waitFor();
});

const troubles = () => page.getByRole('region', { name: 'Parts in trouble' });

describe('a part that is killed while the page is open', () => {
  it('a projector: it is named with what to do, all else is still told, and it comes back by itself', async () => {
    const { orderId } = (await createOrder()).body;
    await readSummary(orderId, 1);
    const pid = pidOf('analytics');
    process.kill(pid, 'SIGKILL');
    const toldWhatToDo = /^Down\s*analytics.*Look at its log; npm start restarts it by itself/su;
    await troubles().getByRole('listitem').filter({ hasText: toldWhatToDo }).waitFor();
    await replaced('analytics', pid);
    const analytics = freeze('analytics');

    await goTo(page, 'Orders');
    await page.getByLabel('Any id').fill(orderId);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: `Order ${orderId}` }).click();
    await filled(page, /^Order /u);
    await page.getByText('analytics is away: what it would say is missing here').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'customer-history' }).getByText('There').waitFor();
    await goTo(page, 'Time machine');
    await page.getByRole('alert').filter({ hasText: 'analytics is away' }).waitFor();

    analytics.thaw();
    await page.getByRole('img', { name: /^Orders in each status/u }).waitFor({ timeout: 60_000 });
    await troubles().waitFor({ state: 'hidden', timeout: 60_000 });
    await atRest();
  });

  it('the console itself: the page says so, keeps what it was told, and goes on by itself', async () => {
    const pid = pidOf('console');
    process.kill(pid, 'SIGKILL');
    await page.getByText('The console does not answer').waitFor();
    await page.getByText('Connection lost').waitFor();
    await page.getByRole('region', { name: 'Pipeline map' }).waitFor();
    await replaced('console', pid);
    await answers(`${urlOf('console')}/health/live`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('The console does not answer').waitFor({ state: 'hidden' });
  });
});
