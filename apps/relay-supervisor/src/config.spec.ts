import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the settings of the supervisor', () => {
  it('have defaults for all but the database', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://orders_relay:x@127.0.0.1:15432/orders' });
    expect(config).toMatchObject({ port: 3005, slot: 'orderline_outbox', connectUrl: 'http://127.0.0.1:18083' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('are refused, every wrong one named', () => {
    const wrong = { CONNECT_URL: 'connect', KAFKA_BROKERS: 'kafka', RELAY_SLOT: 'My Slot', LOOK_EVERY_MS: '0' };
    expect(() => readConfig(wrong)).toThrow(/5 wrong settings[^]*DATABASE_URL[^]*KAFKA_BROKERS[^]*CONNECT_URL/u);
  });
});
