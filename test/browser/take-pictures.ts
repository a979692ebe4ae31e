import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startLoad } from '@orderline/load';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser } from './browser.ts';
import { putUnreadable } from './put-unreadable.ts';
import { shots, type Shot, type Sights } from './shots.ts';
import { filled, visit } from './visit.ts';

/** Where a stack is that may be painted. */
type Scene = { readonly consoleUrl: string; readonly commandUrl: string; readonly kafkaBrokers: readonly string[] };

const folder = resolve(import.meta.dirname, '../../docs/screenshots');

/** Of 128 colours, which no eye tells from the picture that was taken. */
const take = async (browser: Browser, at: string, shot: Shot, sights: Sights): Promise<void> => {
  const { page } = await visit(browser, { at, viewport: shot.viewport, scheme: shot.scheme });
  await page.goto(shot.path(sights));
  await filled(page, shot.heading);
  await shot.arrange?.(page, sights);
  const png = await sharp(await page.screenshot())
    .png({ palette: true, colours: 128, effort: 10 })
    .toBuffer();
  await writeFile(join(folder, `${shot.file}.png`), png);
  console.log(`${shot.file}.png ${(png.length / 1_000).toFixed(0)} kB`);
  await page.context().close();
};

/**
 * Takes every picture, once orders have come and gone for so many seconds so that the charts have something to show. It
 * leaves a parked order and a rebuilt generation behind.
 */
export const takeAll = async ({ consoleUrl, commandUrl, kafkaBrokers }: Scene, seconds: number): Promise<void> => {
  const load = startLoad({ commandUrl, ratePerSecond: 12, seed: 5 });
  const browser = await launchBrowser();
  try {
    await pause(seconds * 1_000);
    const parkedId = await putUnreadable(kafkaBrokers);
    const sights = await sightsOf(consoleUrl, parkedId);
    await mkdir(folder, { recursive: true });
    for (const shot of shots) await take(browser, consoleUrl, shot, sights);
  } finally {
    await browser.close();
    await load.stop();
  }
};

const post = async <Answer>(url: string): Promise<Answer> =>
  (await (
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  ).json()) as Answer;

/** An order on its way, the one that is parked, and the restaurant that has the most to do. */
const sightsOf = async (at: string, parkedId: string): Promise<Sights> => {
  const { order } = await post<{ order: { orderId: string } }>(`${at}/api/demo-orders`);
  for (const step of ['pay', 'confirm', 'start-preparing', 'mark-ready']) {
    await post(`${at}/api/demo-orders/${order.orderId}/${step}`);
  }
  const answer = await fetch(`${at}/api/restaurants`);
  const { items } = (await answer.json()) as { items: { restaurantId: string; recentOrders: number }[] };
  const [busiest] = items.toSorted((one, other) => other.recentOrders - one.recentOrders);
  return { orderId: order.orderId, parkedId, restaurantId: busiest?.restaurantId ?? '' };
};
