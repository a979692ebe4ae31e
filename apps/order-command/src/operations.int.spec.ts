import type { Pool } from '@orderline/postgres';
import { CannotStart, type RunningService } from '@orderline/service-host';
import { Validator } from '@seriousme/openapi-schema-validator';
import { eventually, startTcpGate, type TcpGate, type TestDatabase } from '@orderline/testing';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { client, createOrdersDatabase, startOrderCommand, type Answer, type Send } from './order-service.testing.ts';

let database: TestDatabase & { owner: Pool };
beforeAll(async () => {
  database = await createOrdersDatabase(inject('postgresUrl'));
});
afterAll(() => database.drop());

const anOrder = {
  customerId: 'c-1',
  restaurantId: 'r-1',
  currency: 'USD',
  items: [{ sku: 'soup', name: 'Soup', quantity: 1, unitPrice: '1' }],
};

/** Nest's own providers are compiled with their parameters known otherwise. */
const isOurClass = (metatype: unknown): boolean =>
  typeof metatype === 'function' &&
  /^class /u.test(String(metatype)) &&
  /(Controller|Filter|Faults|Life|Housekeeping)$/u.test(metatype.name);

describe('the service', () => {
  it('is made whole: no constructor parameter is undefined, none lacks its token', async () => {
    const service = await startOrderCommand(database.urlOf('orders_app'));
    try {
      const made = [...service.app.get(ModulesContainer).values()]
        .flatMap(({ controllers, providers }) => [...controllers.values(), ...providers.values()])
        .filter(({ metatype, inject: tokens }) => isOurClass(metatype) && !tokens);
      expect(made.map(({ name }) => String(name))).toContain('AddItemController');
      expect(made.length).toBeGreaterThanOrEqual(20);
      for (const { metatype, instance } of made) {
        const { name, length } = metatype as { name: string; length: number };
        const tokens = (Reflect.getMetadata('self:paramtypes', metatype as object) ?? []) as { param: unknown }[];
        expect([name, tokens.filter(({ param }) => param !== undefined).length]).toEqual([name, length]);
        const fields = Object.entries(instance as object).filter(([field]) => field !== 'document'); // made on first use
        expect([name, fields.filter(([, value]) => value === undefined)]).toEqual([name, []]);
      }
    } finally {
      await service.stop();
    }
  });

  it('does not start without its schema ids, and says what to run', async () => {
    const bare = await createOrdersDatabase(inject('postgresUrl'));
    try {
      await bare.owner.query('DELETE FROM schema_id');
      const start = startOrderCommand(bare.urlOf('orders_app'));
      await expect(start).rejects.toThrow(CannotStart);
      await expect(start).rejects.toThrow('npm run orderline -- schemas register');
    } finally {
      await bare.drop();
    }
  });

  it('makes partitions ahead by itself', async () => {
    const { rows } = await database.owner.query<{ name: string }>(
      `SELECT max(inhrelid::regclass::text) AS name FROM pg_inherits
       WHERE inhparent = 'outbox'::regclass AND inhrelid <> 'outbox_default'::regclass`,
    );
    const last = rows[0]!.name;
    await database.owner.query(`DROP TABLE ${last}`);
    const service = await startOrderCommand(database.urlOf('orders_app'));
    try {
      await eventually(async () => {
        const found = await database.owner.query('SELECT to_regclass($1) AS name', [last]);
        expect(found.rows).toEqual([{ name: last }]);
      });
    } finally {
      await service.stop();
    }
  });

  it('describes every route of the contract in valid OpenAPI 3.1', async () => {
    const service = await startOrderCommand(database.urlOf('orders_app'));
    try {
      const { body } = await client(service.url)('GET', '/openapi.json');
      expect(await new Validator().validate(body)).toEqual({ valid: true });
      const routes = Object.entries(body['paths'] as Record<string, object>).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method} ${path}`),
      );
      expect(routes.sort()).toEqual([
        'delete /orders/{id}/items/{sku}',
        'get /health/live',
        'get /health/ready',
        'get /metrics',
        'get /openapi.json',
        'get /orders/{id}',
        'get /orders/{id}/events',
        'get /orders/{id}/timeline',
        'patch /orders/{id}',
        'post /orders',
        'post /orders/{id}/cancel',
        'post /orders/{id}/confirm',
        'post /orders/{id}/deliver',
        'post /orders/{id}/dispatch',
        'post /orders/{id}/items',
        'post /orders/{id}/mark-ready',
        'post /orders/{id}/payments',
        'post /orders/{id}/refunds',
        'post /orders/{id}/republish',
        'post /orders/{id}/start-preparing',
      ]);
    } finally {
      await service.stop();
    }
  });
});

describe('while the database is away', () => {
  let gate: TcpGate;
  let service: RunningService;
  let send: Send;
  beforeEach(async () => {
    const address = new URL(database.urlOf('orders_app'));
    gate = await startTcpGate({ host: address.hostname, port: Number(address.port) });
    address.host = `127.0.0.1:${gate.port}`;
    service = await startOrderCommand(address.href, {
      DATABASE_CONNECT_TIMEOUT_MS: '300',
      DATABASE_QUERY_TIMEOUT_MS: '400',
    });
    send = client(service.url);
    return async () => {
      await gate.shut();
      await service.stop();
    };
  });

  it('commands and reads are 503, readiness says why, and the order is untouched when it is back', async () => {
    const id = String((await send('POST', '/orders', anOrder)).body['orderId']);
    expect((await send('GET', '/health/ready')).status).toBe(200);
    await gate.shut();
    const began = performance.now();
    for (const answer of await attempts(id)) {
      expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
      expect(answer.headers.get('retry-after')).not.toBeNull();
      expect(JSON.stringify(answer.body)).not.toMatch(/ECONNREFUSED|SELECT|spec_/u);
    }
    expect(performance.now() - began).toBeLessThan(3_000);
    const ready = await send('GET', '/health/ready');
    expect([ready.status, ready.body['checks']]).toMatchObject([503, [{ name: 'database', ready: false }]]);
    expect((await send('GET', '/health/live')).status).toBe(200);
    await gate.open();
    expect((await send('POST', `/orders/${id}/confirm`)).body).toMatchObject({ version: 2, status: 'Confirmed' });
    expect((await send('GET', '/health/ready')).status).toBe(200);
  });

  it('a link that is dead and does not say so is 503 as well', async () => {
    const id = String((await send('POST', '/orders', anOrder)).body['orderId']);
    gate.stick();
    for (const answer of await attempts(id)) expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect((await send('GET', '/health/ready')).status).toBe(503);
    await gate.shut();
    await gate.open();
    expect((await send('POST', `/orders/${id}/confirm`)).body).toMatchObject({ version: 2 });
  });

  const attempts = async (id: string): Promise<Answer[]> => [
    await send('POST', '/orders', anOrder),
    await send('POST', `/orders/${id}/confirm`),
    await send('GET', `/orders/${id}`),
    await send('GET', `/orders/${id}/timeline`),
  ];
});
