import { once } from 'node:events';
import { connect } from 'node:net';
import 'reflect-metadata';
import {
  Body,
  ConflictException,
  Controller,
  Get,
  Inject,
  Module,
  Param,
  Post,
  Query,
  SetMetadata,
  type CallHandler,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Documented, readDocumentationKey } from '../openapi/documented.ts';
import type { Readiness } from '../health/readiness.ts';
import { RequestHeaders } from '../http/request-headers.ts';
import { RequestRefused } from '../http/problem.ts';
import { READINESS } from '../tokens.ts';
import { CannotStart } from './cannot-start.ts';
import { startService, type RunningService } from './start-service.ts';

const parcel = z
  .strictObject({ name: z.string().min(1), lines: z.array(z.strictObject({ quantity: z.int().min(1) })) })
  .meta({ id: 'Parcel' });
const query = z.strictObject({ limit: z.string().regex(/^\d+$/u).transform(Number).optional() });
const headers = z.object({
  'X-Actor': z
    .string()
    .regex(/^\w+:\w+$/u)
    .optional(),
});
const id = z.string().regex(/^p-\d+$/u);

const gate = Promise.withResolvers<undefined>();
const entered = Promise.withResolvers<undefined>();

@Controller('parcels')
class ParcelController {
  @Post(':id')
  @Documented({
    summary: 'Sends a parcel',
    responses: { 201: { description: 'Sent', schema: parcel } },
    problems: { 409: ['gone'] },
  })
  send(
    @Param('id', { schema: id }) parcelId: string,
    @Body({ schema: parcel }) body: z.infer<typeof parcel>,
    @Query({ schema: query }) { limit }: z.infer<typeof query>,
    @RequestHeaders(headers) given: z.infer<typeof headers>,
  ): object {
    return { parcelId, body, limit, actor: given['X-Actor'] };
  }

  @Get(':id')
  get(@Param('id') parcelId: string): string {
    if (parcelId === 'refused') throw new RequestRefused(429, 'too_busy', { headers: { 'retry-after': '3' } });
    if (parcelId === 'parked') throw new ConflictException({ code: 'parked', detail: 'It waits.' });
    if (parcelId === 'away') throw Object.assign(new Error('select secret from t'), { retriable: true });
    throw new Error('select secret from t');
  }

  @Get()
  async slow(): Promise<{ done: boolean }> {
    entered.resolve(undefined);
    await gate.promise;
    return { done: true };
  }
}

let partAway: string | undefined;

@SetMetadata(readDocumentationKey, {
  headers: z.object({ 'X-Patience': z.string().optional() }),
  responses: { 202: { description: 'Not yet' } },
  problems: { 409: ['parked'] },
})
class Patience implements NestInterceptor {
  intercept(_: unknown, next: CallHandler): ReturnType<CallHandler['handle']> {
    return next.handle();
  }
}

@Module({ controllers: [ParcelController], providers: [{ provide: APP_INTERCEPTOR, useClass: Patience }] })
class ParcelModule {
  constructor(@Inject(READINESS) readiness: Readiness) {
    readiness.register('warehouse', () => {
      if (partAway !== undefined) throw new Error(partAway);
    });
  }
}

const options = (port: number) => ({
  name: 'parcels',
  version: '1.0.0',
  description: 'Parcels',
  module: ParcelModule,
  config: { host: '127.0.0.1', port, logLevel: 'silent', shutdownTimeoutMs: 5_000 },
});

let service: RunningService;
beforeAll(async () => {
  service = await startService(options(0));
});
afterAll(() => service.stop());

const send = (
  path: string,
  body?: string | Buffer<ArrayBuffer>,
  given: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...given },
    ...(body !== undefined && { body }),
  });
const problem = async (answer: Response): Promise<Record<string, unknown>> => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const body = (await answer.json()) as Record<string, unknown>;
  expect(body).toMatchObject({ status: answer.status });
  return body;
};
type Operation = {
  parameters?: { name: string }[];
  responses?: Record<string, { content?: Record<string, { schema: { allOf?: unknown } }> }>;
};
const described = async (): Promise<Record<string, Record<string, Operation>>> => {
  const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as { paths: never };
  return document.paths;
};
const right = JSON.stringify({ name: 'n', lines: [{ quantity: 2 }] });

describe('requests', () => {
  it('hands validated and transformed arguments to the handler', async () => {
    const answer = await send('/parcels/p-1?limit=5', right, { 'x-actor': 'a:b' });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      parcelId: 'p-1',
      body: JSON.parse(right) as unknown,
      limit: 5,
      actor: 'a:b',
    });
  });

  it('names every fault of body, query, path and headers with its path', async () => {
    const body = JSON.stringify({ name: '', lines: [{ quantity: 1 }, { quantity: 0, 'a/b': 1 }], extra: 1 });
    const answer = await send('/parcels/x?limit=z&page=1', body, { 'x-actor': '??', 'x-correlation-id': 'a b' });
    expect(answer.status).toBe(400);
    const { code, errors } = await problem(answer);
    expect(code).toBe('invalid_request');
    expect((errors as { path: string }[]).map(({ path }) => path).sort()).toEqual([
      '/X-Actor',
      '/X-Correlation-Id',
      '/extra',
      '/id',
      '/limit',
      '/lines/1/a~1b',
      '/lines/1/quantity',
      '/name',
      '/page',
    ]);
  });

  it.each([
    ['wrong JSON', '{"a":'],
    ['a body that is no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['JSON nested ten thousand levels deep', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['a prototype in disguise', '{"__proto__":{"a":1},"name":"n","lines":[]}'],
    ['no body where one is needed', undefined],
  ])('answers %s with 400', async (_, body) => {
    const answer = await send('/parcels/p-1', body);
    expect(answer.status).toBe(400);
    expect(await problem(answer)).toMatchObject({ code: 'invalid_request' });
  });

  it('answers a body of 1 MB with 413, of known and unknown length', async () => {
    const known = await send('/parcels/p-1', JSON.stringify({ name: 'x'.repeat(1_000_000) }));
    expect([known.status, (await problem(known))['code']]).toEqual([413, 'body_too_large']);
    const stream = new Blob(['x'.repeat(1_000_000)]).stream();
    const unknown = await fetch(`${service.url}/parcels/p-1`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    });
    expect([unknown.status, (await problem(unknown))['code']]).toEqual([413, 'body_too_large']);
  });

  it('answers another content type with 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const answer = await send('/parcels/p-1', 'a=b', { 'content-type': type });
      expect([answer.status, (await problem(answer))['code']]).toEqual([415, 'unsupported_media_type']);
    }
  });

  it('answers an unknown route or method with 404 whatever was sent', async () => {
    const answers = [
      await send('/nothing', '{"a":'),
      await fetch(`${service.url}/parcels/p-1`, { method: 'PUT', body: 'x'.repeat(100_000) }),
      await fetch(`${service.url}/parcels/p-1`, { method: 'OPTIONS' }),
    ];
    for (const answer of answers) {
      expect([answer.status, (await problem(answer))['code']]).toEqual([404, 'route_not_found']);
    }
  });

  it('refuses a query or a body that the route does not take', async () => {
    const answer = await fetch(`${service.url}/parcels?a=1`);
    expect((await problem(answer))['errors']).toEqual([{ path: '/a', message: 'is not known here' }]);
  });

  it.each(['constructor', 'prototype', 'toString'])(
    'refuses %s as a field, as any other it does not know',
    async (name) => {
      const answer = await send(`/parcels/p-1?${name}=1`, JSON.stringify({ name: 'n', lines: [], [name]: 1 }));
      expect(await problem(answer)).toMatchObject({
        code: 'invalid_request',
        errors: [
          { path: `/${name}`, message: 'is not known here' },
          { path: `/${name}`, message: 'is not known here' },
        ],
      });
    },
  );

  it('answers a malformed address with 400, and the correlation id', async () => {
    const answer = await fetch(`${service.url}/parcels/%zz`, { headers: { 'x-correlation-id': 'corr-1' } });
    expect(answer.headers.get('x-correlation-id')).toBe('corr-1');
    expect([answer.status, await problem(answer)]).toMatchObject([
      400,
      { code: 'invalid_request', errors: [{ path: '', message: 'The address is malformed.' }] },
    ]);
  });

  it('answers a request without Host with 400 and the fault, where Node says nothing', async () => {
    const text = await exchange('GET /parcels HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request[^]*"code":"invalid_request"[^]*"path":"\/Host"/u);
  });

  it('passes over an expectation that it does not know, where Node refuses it without a word', async () => {
    const text = await exchange('GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: gold\r\nConnection: close\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/u);
  });

  const exchange = async (bytes: string): Promise<string> => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.write(bytes);
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    return Buffer.concat(parts).toString();
  };

  it('answers bytes that are no HTTP with 400', async () => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.write('hello\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(
      /^HTTP\/1\.1 400 Bad Request[^]*"code":"invalid_request"[^]*"errors":\[\{"path":""/u,
    );
  });
});

describe('correlation ids', () => {
  it('are returned as given, or made', async () => {
    const given = await fetch(`${service.url}/health/live`, { headers: { 'x-correlation-id': 'trace.1:a-B_2' } });
    expect(given.headers.get('x-correlation-id')).toBe('trace.1:a-B_2');
    const made = await fetch(`${service.url}/nothing`);
    expect(made.headers.get('x-correlation-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/u);
  });
});

describe('failures', () => {
  it('keep the code, headers and members of a refusal', async () => {
    const answer = await fetch(`${service.url}/parcels/refused`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
    expect(await problem(answer)).toMatchObject({ code: 'too_busy', title: 'Too busy' });
    expect(await problem(await fetch(`${service.url}/parcels/parked`))).toMatchObject({ status: 409, code: 'parked' });
  });

  it('are 503 where trying again may help and 500 else, and never tell what went wrong inside', async () => {
    for (const [path, status, code] of [
      ['away', 503, 'unavailable'],
      ['broken', 500, 'internal_error'],
    ] as const) {
      const answer = await fetch(`${service.url}/parcels/${path}`);
      expect(answer.status).toBe(status);
      const body = await problem(answer);
      expect(body['code']).toBe(code);
      expect(JSON.stringify(body)).not.toMatch(/secret|stack|\.ts/u);
    }
  });
});

describe('operations', () => {
  it('tells readiness part by part, with the reason', async () => {
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    partAway = 'no forklift';
    const answer = await fetch(`${service.url}/health/ready`);
    partAway = undefined;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      ready: false,
      checks: [{ name: 'warehouse', ready: false, reason: 'no forklift' }],
    });
  });

  it('times requests by route pattern, never by id', async () => {
    await send('/parcels/p-77', right);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/http_request_duration_seconds_count\{[^}]*route="\/parcels\/:id"[^}]*status="201"/u);
    expect(metrics).toContain('process_cpu_seconds_total');
    expect(metrics).not.toContain('p-77');
  });

  it('describes its routes with the schemas that validate them', async () => {
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as Record<string, never>;
    expect(document).toMatchObject({
      openapi: '3.1.1',
      paths: {
        '/parcels/{id}': {
          post: {
            summary: 'Sends a parcel',
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^p-\\d+$' } },
              { name: 'limit', in: 'query', required: false },
              { name: 'X-Actor', in: 'header', required: false },
              { name: 'X-Correlation-Id', in: 'header', required: false },
            ],
            requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Parcel' } } } },
            responses: { 201: {}, 400: {}, 409: { description: 'gone' } },
          },
        },
        '/health/ready': { get: {} },
      },
      components: { schemas: { Parcel: { type: 'object', additionalProperties: false }, Problem: {} } },
    });
  });

  it('describes of a refusal which codes it may have, and of a route with a body that it may be too large or no JSON', async () => {
    const document = await described();
    const { responses } = document['/parcels/{id}']?.['post'] ?? {};
    const schema = responses?.['409']?.content?.['application/problem+json']?.schema;
    expect(schema?.allOf).toEqual([
      { $ref: '#/components/schemas/Problem' },
      { properties: { code: { type: 'string', enum: ['gone'] } } },
    ]);
    expect(Object.keys(responses ?? {})).toEqual(expect.arrayContaining(['413', '415']));
  });

  it('describes what an interceptor of the app adds to every GET, but for those about the process', async () => {
    const document = await described();
    const added = (path: string) => {
      const { parameters = [], responses = {} } = document[path]?.['get'] ?? {};
      return [parameters.some(({ name }) => name === 'X-Patience'), '202' in responses];
    };
    expect(added('/parcels')).toEqual([true, true]);
    expect(['/health/live', '/metrics', '/openapi.json'].map(added)).toEqual(Array(3).fill([false, false]));
  });

  it('describes them in valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as Record<string, unknown>;
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('says who has the port when it is taken', async () => {
    const port = Number(new URL(service.url).port);
    await expect(startService(options(port))).rejects.toThrow(CannotStart);
    await expect(startService(options(port))).rejects.toThrow(`127.0.0.1:${port}: the port is in use. Stop`);
  });

  it('lets a request in flight end and refuses new connections while it stops', async () => {
    const leaving = await startService(options(0));
    const slow = fetch(`${leaving.url}/parcels`);
    await entered.promise;
    const stopped = leaving.stop();
    await expect(fetch(`${leaving.url}/health/live`, { headers: { connection: 'close' } })).rejects.toThrow();
    gate.resolve(undefined);
    expect(await (await slow).json()).toEqual({ done: true });
    await stopped;
  });
});
