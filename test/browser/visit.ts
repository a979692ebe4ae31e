import type { Browser, Page } from 'playwright-core';

export type Viewport = { readonly width: number; readonly height: number };
export const desktop: Viewport = { width: 1280, height: 800 };
export const phone: Viewport = { width: 360, height: 740 };

export type Scheme = 'light' | 'dark';
export type VisitSettings = {
  readonly at: string;
  readonly viewport?: Viewport | undefined;
  readonly scheme?: Scheme | undefined;
};

/** A page and all that its browser had to complain of: errors and warnings, requests that failed or were refused. */
export type Visit = { readonly page: Page; readonly complaints: string[]; readonly requests: string[] };

/** What a navigation cuts off has not failed. */
const cutOff = 'net::ERR_ABORTED';

/** A browser of its own for the console at `at`: no cookies, no cache, motion off, nothing opened yet. Closed with the browser. */
export const visit = async (
  browser: Browser,
  { at, viewport = desktop, scheme = 'light' }: VisitSettings,
): Promise<Visit> => {
  const context = await browser.newContext({ baseURL: at, viewport, colorScheme: scheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== cutOff) complaints.push(`failed: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`refused: ${response.url()} ${response.status()}`);
  });
  return { page, complaints, requests };
};

/** Resolves when the page has its heading and nothing on it is still being loaded. */
export const filled = async (page: Page, heading: RegExp | string): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await page.locator('main .loading').first().waitFor({ state: 'detached' });
};

/** By the navigation, as a person goes there; on a phone it is behind a button. */
export const goTo = async (page: Page, name: string): Promise<void> => {
  const menu = page.getByRole('button', { name: 'Menu' });
  if (await menu.isVisible()) await menu.click();
  const link = new RegExp(`^${name}\\s*\\d*$`, 'u');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: link }).click();
  await filled(page, name);
};
