import { startService, type RunningService } from '@orderline/service-host';
import { eventually } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleModule } from '../app.module.ts';
import { readConfig } from '../config.ts';
import { identity } from '../identity.ts';

const nowhere = 'http://127.0.0.1:1';

describe('the page', () => {
  let service: RunningService;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(service.url + path, { headers: { accept: 'text/html', ...headers } });
  const scriptOf = async (): Promise<string> =>
    /src="(\/assets\/[^"]+\.js)"/u.exec(await (await get('/')).text())?.[1] ?? '';

  beforeAll(async () => {
    const config = readConfig({
      ...{ PORT: '0', LOG_LEVEL: 'silent', KAFKA_BROKERS: '127.0.0.1:1' },
      ...{ ORDER_COMMAND_URL: nowhere, RELAY_SUPERVISOR_URL: nowhere, CONNECT_URL: nowhere, REGISTRY_URL: nowhere },
      PROJECTOR_URLS: `order-summary=${nowhere}`,
    });
    service = await startService({ ...identity, module: ConsoleModule.with(config), config });
    await eventually(async () => expect((await get('/health/ready')).status).toBe(200), { withinMs: 60_000 });
  }, 90_000);
  afterAll(() => service.stop());

  it('is built when it is missing or of other sources, and served with a policy that lets nothing else in', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/u);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|data:|\*/u);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=/u);
  });

  it('is asked for anew each time, and not sent again where it is the same', async () => {
    const first = await get('/');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    // What fetch would say of itself, no-cache, asks for all of it.
    const again = { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    expect((await get('/', again)).status).toBe(304);
  });

  it('has scripts that are kept for ever and sent as they were compressed, under 300 kB for the first view', async () => {
    const script = await scriptOf();
    const response = await get(script, { 'accept-encoding': 'br, gzip' });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('vary')).toMatch(/accept-encoding/iu);
    expect(Number(response.headers.get('content-length'))).toBeLessThan(300_000);
    expect((await get(script, { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull();
  });

  it('is what every address shows that is no file, so that a link to any view works', async () => {
    const html = await (await get('/')).text();
    expect(await (await get('/orders/019c1c2e-0000-7000-8000-000000000001?version=3')).text()).toBe(html);
  });

  it('is not what a missing script, a missing route or another client gets, and no 404 is kept', async () => {
    for (const path of ['/assets/gone-12345678.js', '/api/nothing', '/api']) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(response.headers.get('cache-control') ?? 'none').not.toContain('immutable');
    }
    expect((await get('/orders', { accept: 'application/json' })).status).toBe(404);
    expect((await get('/../package.json')).status).toBe(404);
    expect((await get('/.sources')).status).toBe(404);
  });
});
