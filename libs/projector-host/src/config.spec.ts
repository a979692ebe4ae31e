import { InvalidConfig } from '@orderline/service-host';
import { describe, expect, it } from 'vitest';
import { readProjectorConfig } from './config.ts';

const DATABASE_URL = 'postgres://app:secret@127.0.0.1:15432/spending';

const wrongSettings = (environment: Record<string, string>): string[] => {
  try {
    readProjectorConfig({ port: 3005 }, environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.settings.map(({ name }) => name);
    throw error;
  }
};

describe('settings of a projector', () => {
  it('need no more than the database', () => {
    expect(readProjectorConfig({ port: 3005 }, { DATABASE_URL })).toEqual({
      host: '127.0.0.1',
      port: 3005,
      logLevel: 'info',
      shutdownTimeoutMs: 10_000,
      databaseUrl: DATABASE_URL,
      brokers: ['127.0.0.1:19092'],
      topic: 'domain-events.orders',
      groupPrefix: '',
      registryUrl: 'http://127.0.0.1:18081/apis/ccompat/v7',
    });
  });

  it('may name several brokers', () => {
    const { brokers } = readProjectorConfig({ port: 3005 }, { DATABASE_URL, KAFKA_BROKERS: 'one:9092,two:9093' });
    expect(brokers).toEqual(['one:9092', 'two:9093']);
  });

  it('are all named when they are wrong', () => {
    expect(
      wrongSettings({
        PORT: 'x',
        KAFKA_BROKERS: 'one',
        SCHEMA_REGISTRY_URL: 'ftp://registry',
        DATABASE_URL: 'mysql://db',
      }),
    ).toEqual(expect.arrayContaining(['PORT', 'DATABASE_URL', 'KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL']));
    expect(wrongSettings({})).toEqual(['DATABASE_URL']);
  });
});
