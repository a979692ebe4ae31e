import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../lifecycle/start-service.ts';
import { TRACING } from '../tokens.ts';
import type { TraceSettings } from './trace-settings.ts';
import { isSampled, traced, type Tracing } from './tracing.ts';

@Controller()
class ThingsController {
  private readonly tracing: Tracing | null;

  constructor(@Inject(TRACING) tracing: Tracing | null) {
    this.tracing = tracing;
  }

  @Get('others')
  others(): object {
    return {};
  }

  @Get('things/:id')
  async get(): Promise<{ traced: boolean; handedOn: string | undefined }> {
    const whole = this.tracing?.begin({ name: 'whole' });
    const handedOn = await traced(whole, { name: 'part' }, (part) => Promise.resolve(part?.traceparent));
    await traced(whole, { name: 'failing' }, () => Promise.reject(new TypeError('of Secret Street'))).catch(() => 0);
    whole?.end();
    return { traced: whole !== undefined, handedOn };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

const start = (tracing: TraceSettings | undefined): Promise<RunningService> =>
  startService({
    ...{ name: 'things', version: '1', description: '', module: ThingsModule },
    config: { host: '127.0.0.1', port: 0, logLevel: 'silent', shutdownTimeoutMs: 5_000, ...(tracing && { tracing }) },
  });

type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
};
type Line = { readonly resourceSpans: { readonly scopeSpans: { readonly spans: Span[] }[] }[] };

const folder = mkdtempSync(join(tmpdir(), 'traces-'));
const fileOf = (name: string): TraceSettings => ({ file: join(folder, name), endpoint: undefined, ratio: 1 });
const spansIn = (name: string): Span[] =>
  readFileSync(join(folder, name), { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as Line).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const traceId = '0af7651916cd43dd8448eb211c80319c';
const caller = `00-${traceId}-b7ad6b7169203331-01`;

describe('a service that tells traces', () => {
  let answer: { traced: boolean; handedOn: string };
  let spans: Span[];
  beforeAll(async () => {
    const service = await start(fileOf('told'));
    const asked = await fetch(`${service.url}/things/7`, {
      headers: { traceparent: caller, 'x-correlation-id': 'corr-1' },
    });
    answer = (await asked.json()) as typeof answer;
    await fetch(`${service.url}/health/live`);
    await fetch(`${service.url}/metrics`);
    await fetch(`${service.url}/nowhere`);
    await fetch(`${service.url}/others`);
    await service.stop();
    spans = spansIn('told');
  });
  const named = (name: string): Span => spans.find((span) => span.name === name)!;

  it('goes on with the trace of the caller', () => {
    expect(named('GET /things/:id')).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331', kind: 2 });
    const attributes = named('GET /things/:id').attributes.map(({ key, value }) => [key, Object.values(value)[0]]);
    expect(Object.fromEntries(attributes)).toEqual({
      'http.request.method': 'GET',
      'http.route': '/things/:id',
      'http.response.status_code': 200,
      'orderline.correlation_id': 'corr-1',
    });
  });

  it('begins a new trace where the caller has none', () => {
    expect(named('GET /others').traceId).not.toBe(traceId);
    expect(named('GET /others').parentSpanId ?? '').toBe('');
  });

  it('hands on the place of a part, and says of one that failed the kind of the fault, never its words', () => {
    const { traceId: ofWhole, spanId } = named('part');
    expect(answer.handedOn).toBe(`00-${ofWhole}-${spanId}-01`);
    expect(named('part').parentSpanId).toBe(named('whole').spanId);
    expect(named('failing').status).toEqual({ code: 2, message: 'TypeError' });
    expect(JSON.stringify(spans)).not.toContain('Secret Street');
  });

  it('says nothing of requests about the process itself, and of unknown routes', () => {
    const names = spans.map(({ name }) => name).sort();
    expect(names).toEqual(['GET /others', 'GET /things/:id', 'failing', 'part', 'whole']);
  });
});

describe('sampling', () => {
  const ask = async (name: string, ratio: number, headers: Record<string, string>): Promise<string[]> => {
    const service = await start({ ...fileOf(name), ratio });
    await fetch(`${service.url}/things/7`, { headers });
    await service.stop();
    return spansIn(name).map((span) => span.name);
  };

  it('is by the caller’s choice where there is one', async () => {
    expect(await ask('unwanted', 1, { traceparent: `00-${traceId}-b7ad6b7169203331-00` })).not.toContain(
      'GET /things/:id',
    );
    expect(await ask('wanted', 0, { traceparent: caller })).toEqual(['GET /things/:id']);
  });

  it('is by the ratio where the trace begins here, and a trace that is not told is handed on as such', async () => {
    expect(await ask('none', 0, {})).toEqual([]);
    const service = await start({ ...fileOf('none'), ratio: 0 });
    const { handedOn } = (await (await fetch(`${service.url}/things/7`)).json()) as { handedOn: string };
    await service.stop();
    expect(handedOn).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/u);
    expect([isSampled(handedOn), isSampled(caller)]).toEqual([false, true]);
  });
});

describe('where traces go', () => {
  it('is nowhere unless it is said', async () => {
    const service = await start(undefined);
    const answer: unknown = await (await fetch(`${service.url}/things/7`)).json();
    await service.stop();
    expect(answer).toEqual({ traced: false });
  });

  it('may be a collector that takes OTLP over HTTP', async () => {
    const posted: { url: string | undefined; bytes: Buffer }[] = [];
    const collector = createServer((request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        posted.push({ url: request.url, bytes: Buffer.concat(chunks) });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    const service = await start({ file: undefined, endpoint: `http://127.0.0.1:${port}/`, ratio: 1 });
    await fetch(`${service.url}/things/7`);
    await service.stop();
    collector.close();
    collector.closeAllConnections();
    expect(posted.map(({ url }) => url)).toEqual(['/v1/traces']);
    expect(posted[0]!.bytes.toString('latin1')).toContain('GET /things/:id');
  });

  it('may be away: requests are answered and the service stops in time all the same', async () => {
    const service = await start({ file: undefined, endpoint: 'http://127.0.0.1:9', ratio: 1 });
    expect((await fetch(`${service.url}/things/7`)).status).toBe(200);
    const began = performance.now();
    await service.stop();
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
