import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the settings of the console', () => {
  it('are those of the local stack where nothing is said', () => {
    const { port, commandUrl, projectors, brokers } = readConfig({});
    expect([port, commandUrl, brokers]).toEqual([3010, 'http://127.0.0.1:3000', ['127.0.0.1:19092']]);
    expect(projectors.map(({ name }) => name)).toEqual([
      'order-summary',
      'restaurant-dashboard',
      'customer-history',
      'analytics',
    ]);
  });

  it('name any projectors that there are', () => {
    const { projectors } = readConfig({ PROJECTOR_URLS: 'spend=http://spend:4000/,order-summary=https://s.example' });
    expect(projectors).toEqual([
      { name: 'spend', url: 'http://spend:4000' },
      { name: 'order-summary', url: 'https://s.example' },
    ]);
  });

  it('stop the start where they are wrong, every one named', () => {
    const wrong = { PROJECTOR_URLS: 'spend', ORDER_COMMAND_URL: 'ftp://x', LOOK_EVERY_MS: '1', PORT: 'x' };
    expect(() => readConfig(wrong)).toThrow(
      /4 wrong settings[^]*PORT[^]*ORDER_COMMAND_URL[^]*PROJECTOR_URLS[^]*LOOK_EVERY_MS/u,
    );
  });
});
