import type { ExecutionContext } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { SameSiteGuard } from './same-site.guard.ts';

const guard = new SameSiteGuard(readConfig({ CONSOLE_HOSTS: 'console.example' }));

/** 'taken', or the code of the refusal. */
const ask = (method: string, headers: Record<string, string>, url = '/api/parked/:orderId/retry'): string => {
  const request = { method, headers: { host: '127.0.0.1:3010', ...headers }, routeOptions: { url } };
  const context = { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
  try {
    guard.canActivate(context);
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a request that changes something', () => {
  it('is taken from the own page, under any of the own names, and from a tool', () => {
    expect(ask('POST', { origin: 'http://127.0.0.1:3010', 'sec-fetch-site': 'same-origin' })).toBe('taken');
    expect(ask('POST', { host: 'localhost:3010', origin: 'http://localhost:3010' })).toBe('taken');
    expect(ask('POST', { host: 'console.example', origin: 'https://console.example' })).toBe('taken');
    expect(ask('POST', {})).toBe('taken');
  });

  it.each([
    { origin: 'https://elsewhere.example' },
    { origin: 'http://127.0.0.1:3000' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://127.0.0.1:3010', 'sec-fetch-site': 'cross-site' },
  ])('is refused from another site: %o', (headers) => {
    expect(ask('POST', headers)).toBe('cross_site_refused');
  });
});

describe('any request', () => {
  it('is refused under a name that is not the own one, so that no foreign name can be made to lead here', () => {
    expect(ask('GET', { host: 'elsewhere.example' })).toBe('host_refused');
    expect(ask('POST', { host: 'elsewhere.example', origin: 'http://elsewhere.example' })).toBe('host_refused');
  });

  it('may look from anywhere, and health and metrics are for everyone', () => {
    expect(ask('GET', { 'sec-fetch-site': 'cross-site' }, '/api/pipeline')).toBe('taken');
    expect(ask('GET', { host: 'prometheus.example' }, '/metrics')).toBe('taken');
  });
});
