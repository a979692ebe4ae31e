import { InvalidConfig } from '@orderline/service-host';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

const DATABASE_URL = 'postgres://orders_app:secret@127.0.0.1:15432/orders';

it('needs nothing but the database', () => {
  const config = readConfig({ DATABASE_URL });
  expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, databaseUrl: DATABASE_URL, snapshotEvery: 50 });
  expect(Object.isFrozen(config)).toBe(true);
});

it('lists every wrong setting at once and repeats no password', () => {
  const wrong = {
    DATABASE_URL: 'http://orders_app:secret@h/orders',
    PORT: 'three thousand',
    LOG_LEVEL: 'chatty',
    SHUTDOWN_TIMEOUT_MS: '-1',
    DATABASE_POOL_SIZE: '0',
    DATABASE_CONNECT_TIMEOUT_MS: '1.5',
    SNAPSHOT_EVERY: 'never',
    MAX_PENDING_REQUESTS: '1e9',
    MAX_PENDING_PER_ORDER: '',
  };
  const attempt = (): unknown => readConfig(wrong);
  expect(attempt).toThrow(InvalidConfig);
  for (const [name, value] of Object.entries(wrong)) {
    if (name === 'MAX_PENDING_PER_ORDER') continue; // empty is unset
    expect(attempt).toThrow(
      name === 'DATABASE_URL' ? 'DATABASE_URL is wrong: expected' : `${name} is "${value}": expected`,
    );
  }
  expect(attempt).toThrow(/^8 wrong settings:/u);
  expect(attempt).not.toThrow(/secret/u);
});
