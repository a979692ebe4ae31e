import { fileURLToPath } from 'node:url';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { startService, type RunningService } from '@orderline/service-host';
import { createTestDatabase, eventually, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RelaySupervisorModule } from './app.module.ts';
import { readConfig } from './config.ts';
import { identity } from './identity.ts';

let database: TestDatabase;
let admin: Pool;
let service: RunningService;
let slot: string;
beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'), 'orders_owner');
  const folder = fileURLToPath(new URL('../../order-command/migrations', import.meta.url));
  await migrate({ databaseUrl: database.urlOf('orders_owner'), folder, ledger: 'migration' });
  admin = createPool({ databaseUrl: database.adminUrl, applicationName: 'spec' });
  slot = `watched_${database.name}`;
  await admin.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [slot]);
  const config = readConfig({
    DATABASE_URL: database.urlOf('orders_relay'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    RELAY_SLOT: slot,
    LOOK_EVERY_MS: '200',
    CONNECT_URL: 'http://127.0.0.1:1',
    KAFKA_BROKERS: '127.0.0.1:1',
  });
  service = await startService({ ...identity, module: RelaySupervisorModule.with(config), config });
});
afterAll(async () => {
  await service.stop();
  await admin.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [
    slot,
  ]);
  await admin.end();
  await database.drop();
});

const call = async (method: string, path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(service.url + path, { method });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const metrics = async (): Promise<string> => (await fetch(`${service.url}/metrics`)).text();

describe('the supervisor while Connect and Kafka are away', () => {
  it('tells what is wrong, and what it can see of the slot', async () => {
    const { status, body } = await call('GET', '/relay');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'stopped',
      advice: expect.stringContaining('Kafka Connect does not answer') as string,
      connector: 'UNREACHABLE',
      slot: { active: false, walStatus: 'reserved' },
      heartbeat: { at: null, ageSeconds: null },
      loss: null,
      restarts: 0,
    });
    expect((await call('GET', '/health/ready')).status).toBe(200);
  });

  it('shows figures that it has read, and none that it has not', async () => {
    const text = await metrics();
    expect(text).toMatch(/^orderline_relay_slot_active(\{.*\})? 0$/mu);
    expect(text).toMatch(/^orderline_relay_wal_retained_limit_bytes(\{.*\})? 4294967296$/mu);
    expect(text).toMatch(/^orderline_relay_state\{.*state="stopped".*\} 1$/mu);
    expect(text).toMatch(/^orderline_relay_restarts_total(\{.*\})? 0$/mu);
    expect(text).not.toMatch(/^orderline_relay_heartbeat_age_seconds/mu);
  });

  it('keeps a lost slot told, and neither makes it again by itself nor lets it be called healed', async () => {
    await admin.query('SELECT pg_drop_replication_slot($1)', [slot]);
    await eventually(async () =>
      expect((await call('GET', '/relay')).body).toMatchObject({ state: 'lost', slot: null }),
    );
    await eventually(async () => expect(await metrics()).toMatch(/^orderline_relay_loss_open(\{.*\})? 1$/mu));
    expect(await call('POST', '/relay/heal')).toMatchObject({ status: 503, body: { code: 'cannot_heal' } });
    expect(await call('POST', '/relay/healed')).toMatchObject({ status: 409, body: { code: 'still_lost' } });
    await admin.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [slot]);
    await eventually(async () => expect((await call('GET', '/relay')).body['slot']).not.toBeNull());
    expect((await call('GET', '/relay')).body).toMatchObject({ state: 'lost', loss: { kind: 'missing' } });
  });
});
