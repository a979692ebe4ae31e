import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/** Made for a cloud function that reads foreign pages: the first two would hide what a browser refuses, with the last it ends with a page. */
const unfit = ['--disable-web-security', '--allow-running-insecure-content', '--single-process'];

/**
 * Chromium as it comes with npm, nothing else is downloaded; the first launch on a machine unpacks it (up to 15 s). It hangs
 * on a pipe to this process and ends with it, also when this process is killed.
 */
export const launchBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => !unfit.includes(arg)), '--no-sandbox', '--disable-quic'],
  });
