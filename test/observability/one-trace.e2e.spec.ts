import { randomBytes } from 'node:crypto';
import { topicName } from '@orderline/contracts';
import { stackApps } from '@orderline/local-stack';
import { eventually } from '@orderline/testing';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import '../support/provided.ts';
import { anOrder } from '../pipeline/order-client.ts';
import { recordsOf } from '../pipeline/topic-records.ts';
import { spansOf, type Span } from './spans.ts';

const traceId = randomBytes(16).toString('hex');
const caller = { spanId: 'b7ad6b7169203331', traceparent: `00-${traceId}-b7ad6b7169203331-01` };
const projectors = stackApps.filter(({ kind }) => kind === 'projector').map(({ folder }) => folder);

let orderId: string;
let spans: Span[];
beforeAll(async () => {
  const answer = await fetch(`${inject('stack').commandUrl}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: caller.traceparent },
    body: JSON.stringify(anOrder),
  });
  ({ orderId } = (await answer.json()) as { orderId: string });
  spans = await eventually(
    () => {
      const told = spansOf(inject('stack').tracesFile, traceId);
      expect(told.map(({ service }) => service)).toEqual(expect.arrayContaining(['order-command', ...projectors]));
      return told;
    },
    { withinMs: 60_000, everyMs: 100 },
  );
});
const partsOf = (whole: { spanId: string }): Span[] =>
  spans.filter(({ parentSpanId }) => parentSpanId === whole.spanId);

describe('a command on the running stack', () => {
  it('is one trace from its request, through outbox and Kafka, to the commit of every projector', () => {
    const [request, ...others] = partsOf(caller);
    expect([request?.name, others]).toEqual(['POST /orders', []]);
    const append = partsOf(request!).find(({ name }) => name === `append ${topicName}`);
    expect(append?.attributes['orderline.order_id']).toBe(orderId);
    const applied = partsOf(append!);
    expect(new Set(applied.map(({ service }) => service))).toEqual(new Set(projectors));
    expect(new Set(applied.map(({ name }) => name))).toEqual(new Set([`process ${topicName}`]));
  });

  it('has on its record the place of the append in the trace', async () => {
    const append = spans.find(({ name }) => name === `append ${topicName}`);
    const [published] = await recordsOf(orderId, 1);
    expect(published?.record.headers['traceparent']).toBe(`00-${traceId}-${append?.spanId}-01`);
  });
});
