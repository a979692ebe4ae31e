import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidConfig, parseConfig } from './parse-config.ts';
import { databaseUrlSetting, hostSettings } from './settings.ts';

const schema = z.object({ ...hostSettings({ port: 3000 }), DATABASE_URL: databaseUrlSetting() });
const url = 'postgres://u:p@127.0.0.1:15432/orders';

describe('parseConfig', () => {
  it('fills in defaults, takes empty as unset and freezes the result', () => {
    const config = parseConfig(schema, { DATABASE_URL: url, PORT: '', PATH: '/bin' });
    expect(config).toEqual({
      HOST: '127.0.0.1',
      OTEL_TRACES_SAMPLER_ARG: 1,
      PORT: 3000,
      LOG_LEVEL: 'info',
      SHUTDOWN_TIMEOUT_MS: 10_000,
      DATABASE_URL: url,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('lists every wrong setting with what it is and what is expected, and repeats no secret', () => {
    const wrong = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      SHUTDOWN_TIMEOUT_MS: '5s',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
    };
    expect(() => parseConfig(schema, wrong)).toThrow(InvalidConfig);
    expect(() => parseConfig(schema, wrong)).toThrow(
      new InvalidConfig([
        { name: 'PORT', problem: 'is "70000"', expected: 'a port number, 0 to 65535 (default 3000)' },
        {
          name: 'LOG_LEVEL',
          problem: 'is "loud"',
          expected: 'one of fatal, error, warn, info, debug, trace, silent (default info)',
        },
        { name: 'SHUTDOWN_TIMEOUT_MS', problem: 'is "5s"', expected: 'milliseconds, 100 to 600000 (default 10000)' },
        {
          name: 'DATABASE_URL',
          problem: 'is wrong',
          expected: 'the address of a PostgreSQL database, as postgres://user:password@host:15432/name',
        },
      ]),
    );
  });

  it('says what is missing', () => {
    expect(() => parseConfig(schema, {})).toThrow(
      /1 wrong setting:\n {2}DATABASE_URL is not set: expected the address/u,
    );
  });
});
