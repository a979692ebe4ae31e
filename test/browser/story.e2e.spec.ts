import { randomUUID } from 'node:crypto';
import { eventually } from '@orderline/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { urlOf } from '../invariants/projectors.ts';
import { command, createOrder, readSummary } from '../pipeline/order-client.ts';
import { launchBrowser } from './browser.ts';
import { generationsOf, leaveOnly } from './generations.ts';
import { giveUp, parkUnreadable, refuseConfirmed } from './parked-orders.ts';
import { filled, goTo, visit } from './visit.ts';

let browser: Browser;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  browser = await launchBrowser();
  ({ page, complaints } = await visit(browser, { at: urlOf('console') }));
  await page.goto('/');
  await page.getByRole('region', { name: 'Pipeline map' }).waitFor();
}, 60_000);
afterAll(() => browser.close());

const announced = (text: string): Promise<void> => page.getByLabel('Announcements').getByText(text).waitFor();

/** Runs in the page. */
const stopsOfTrack = `[...document.querySelectorAll('ol.track > li')].map((stop) => [stop.querySelector('strong').textContent, stop.dataset.reached])`;

describe("a newcomer's first minute", () => {
  /** Of one order only, so that its board adds up nothing else. */
  const restaurantId = `r-${randomUUID().slice(0, 8)}`;
  let orderId = '';

  it('an order is placed and moved to the door, and every read model has its last version', async () => {
    await page.getByRole('link', { name: 'Place a demo order' }).click();
    await filled(page, 'Try it');
    await page.getByLabel('Restaurant').fill(restaurantId);
    await page.getByLabel('Customer').fill('c-story');
    await page.getByRole('button', { name: 'Place the order' }).click();
    for (const step of ['Pay', 'Confirm', 'Start preparing', 'Mark ready', 'Dispatch', 'Deliver']) {
      await page.getByRole('button', { name: step, exact: true }).click();
    }
    await page.getByText('The order is at its end: delivered.').waitFor();
    orderId = new URL(page.url()).searchParams.get('order') ?? '';
    await page.getByRole('list', { name: 'How far version 7 has come' }).waitFor();
    await eventually(
      async () => {
        const stops = await page.evaluate<[string, string][]>(stopsOfTrack);
        expect(Object.fromEntries(stops)).toEqual({
          'Event store': 'yes',
          Kafka: 'yes',
          'order-summary': 'yes',
          'restaurant-dashboard': 'yes',
          'customer-history': 'yes',
          analytics: 'yes',
        });
      },
      { withinMs: 30_000, everyMs: 100 },
    );
  });

  it('it is found among the orders, on the board of its restaurant, and by the time machine', async () => {
    await goTo(page, 'Orders');
    await page.getByLabel('Any id').fill(orderId);
    await page.getByRole('button', { name: 'Search' }).click();
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: `Order ${orderId}` }) });
    await row.getByText('Delivered').waitFor();

    await row.getByRole('link', { name: restaurantId }).click();
    await filled(page, `Restaurant ${restaurantId}`);
    const board = page.getByRole('region', { name: `Board of ${restaurantId}` });
    await board.getByText(/^19\.00 [A-Z]{3}$/u).waitFor();

    await goTo(page, 'Time machine');
    // It looks at the second that has passed, which may be before the delivery.
    await eventually(
      async () => {
        await page.getByRole('button', { name: 'Up to now' }).click();
        await page.getByRole('group', { name: 'Status' }).getByRole('button', { name: 'Delivered' }).click();
        await page.getByRole('link', { name: `Order ${orderId}` }).waitFor({ timeout: 2_000 });
      },
      { withinMs: 30_000, everyMs: 500 },
    );
  });

  it('its third version is shown as it was, with what the third event changed', async () => {
    await page.goto(`/orders/${orderId}`);
    await filled(page, /^Order /);
    await page.getByRole('slider').fill('3');
    const state = page.getByRole('region', { name: 'State as it was' });
    await state.getByText('Version 3 of 7, after OrderConfirmed').waitFor();
    await state.getByText('Confirmed', { exact: true }).waitFor();
    const changed = page.getByRole('region', { name: 'What changed between two versions' });
    await changed.getByLabel('From').selectOption('2');
    await changed.getByLabel('To').selectOption('3');
    await changed.getByRole('row').filter({ hasText: '/status' }).getByText('Confirmed').waitFor();
  });
});

describe('a person who is on call', () => {
  it('rebuilds a projection, compares it row by row, swaps it in, rolls it back and drops what does not serve', async () => {
    const [before] = await generationsOf('funnel');
    if (before === undefined) throw new Error('funnel does not serve');
    onTestFinished(() => leaveOnly(before));
    const confirm = async (step: string): Promise<void> => {
      await page.getByRole('button', { name: `${step} funnel` }).click();
      const dialog = page.getByRole('dialog', { name: `${step} funnel` });
      await dialog.getByLabel('Confirmation').fill('funnel');
      await dialog.getByRole('button', { name: step }).click();
      await dialog.waitFor({ state: 'hidden' });
      await announced(`${step} of funnel: done`);
    };
    await goTo(page, 'Projections');
    await page.getByRole('button', { name: 'Rebuild funnel' }).click();
    await page.getByText(/^Generation \d+ of funnel is the same as the serving one/u).waitFor({ timeout: 60_000 });
    await confirm('Swap');
    expect((await generationsOf('funnel')).map(({ state }) => state)).toEqual(['standby', 'serving']);
    await confirm('Rollback');
    expect((await generationsOf('funnel')).map(({ state }) => state)).toEqual(['serving', 'standby']);
    await confirm('Drop');
    expect(await generationsOf('funnel')).toEqual([before]);
    await page.getByRole('button', { name: 'Rebuild funnel' }).waitFor();
  });

  it('retries a parked order once its cause is mended, by typing its id; nothing of it waits any more', async () => {
    const { orderId } = (await createOrder()).body;
    const cause = await refuseConfirmed(orderId);
    onTestFinished(() => cause.mend());
    await command(orderId, 'confirm');
    await command(orderId, 'start-preparing', { estimatedMinutes: 9 });
    await goTo(page, 'Parked orders');
    await page
      .getByRole('row')
      .filter({ hasText: 'too_narrow' })
      .getByRole('link', { name: `Parked order ${orderId}` })
      .click();
    const parked = page.getByRole('region', { name: 'Parked in order-summary' });
    await parked.getByText('OrderConfirmed').first().waitFor();
    await parked.getByRole('button', { name: 'Retry' }).click();
    const dialog = page.getByRole('dialog', { name: 'Retry the parked order' });
    const retry = dialog.getByRole('button', { name: 'Retry' });
    await dialog.getByLabel('Confirmation').fill(orderId.slice(0, -1));
    expect(await retry.isEnabled(), 'with half of the id typed').toBe(false);
    await cause.mend();
    await dialog.getByLabel('Confirmation').fill(orderId);
    await retry.click();
    await page.getByText('It is not parked any more').waitFor();
    expect((await readSummary(orderId, 3)).body).toMatchObject({ status: 'Preparing', version: 3 });
  });

  it('discards a record that nobody can read, having seen its bytes, with a reason and the id typed', async () => {
    const orderId = await parkUnreadable();
    onTestFinished(() => giveUp(orderId));
    await goTo(page, 'Parked orders');
    await page
      .getByRole('link', { name: `Parked order ${orderId}` })
      .first()
      .click();
    const parked = page.getByRole('region', { name: 'Parked in order-summary' });
    await parked.getByRole('region', { name: 'The bytes of the record' }).getByText('not an event').waitFor();
    await parked.getByRole('button', { name: 'Discard' }).click();
    const dialog = page.getByRole('dialog', { name: 'Discard the record' });
    const discard = dialog.getByRole('button', { name: 'Discard' });
    await dialog.getByLabel('Confirmation').fill(orderId);
    expect(await discard.isEnabled(), 'without a reason').toBe(false);
    await dialog.getByLabel('Reason').fill('put there by a test');
    await discard.click();
    await announced('Discarded.');
    await parked.waitFor({ state: 'hidden' });
    await page.getByRole('region', { name: 'Parked in funnel' }).waitFor();
  });

  it('has met no complaint of the browser in all of this', () => {
    expect(complaints).toEqual([]);
  });
});
