import { beforeEach, describe, expect, it } from 'vitest';
import { traceBatches, type TracedBatch } from './trace-batches.ts';
import type { Piece, Tracing } from './tracing.ts';

type Told = { piece: Piece; traceparent: string | undefined; ended?: string | true };

let told: Told[];
let tracing: Tracing;
beforeEach(() => {
  told = [];
  tracing = {
    begin: (piece, traceparent) => {
      const one: Told = { piece, traceparent };
      told.push(one);
      return {
        traceparent: 'unused',
        begin: () => {
          throw new Error('a record has no parts');
        },
        end: (_attributes, error) => {
          one.ended = error ?? true;
        },
      };
    },
    stop: () => Promise.resolve(),
  };
});

const sampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const record = (offset: bigint, traceparent: string | undefined, ageMs = 0): TracedBatch['records'][number] => ({
  ...{ partition: 3, offset, key: Buffer.from('order-1'), timestamp: Date.now() - ageMs },
  headers: { 'event-type': 'OrderCreated', 'event-version': '1', ...(traceparent !== undefined && { traceparent }) },
});
const observe = (...records: TracedBatch['records'][number][]) =>
  traceBatches(tracing, 'orders')({ feed: 'main', projections: ['revenue', 'funnel'], records });

describe('a batch of a projector', () => {
  it('is told event by event, each as a part of what appended it, from hand to commit', () => {
    const end = observe(record(5n, sampled, 40), record(6n, `${sampled.slice(0, -2)}03`));
    expect(told.map(({ traceparent }) => traceparent?.slice(-2))).toEqual(['01', '03']);
    expect(told[0]!.piece).toMatchObject({
      name: 'process orders',
      kind: 'consumer',
      attributes: {
        'messaging.destination.partition.id': '3',
        'messaging.kafka.offset': 5,
        'messaging.batch.message_count': 2,
        'orderline.order_id': 'order-1',
        'orderline.event_type': 'OrderCreated',
        'orderline.projections': 'revenue funnel',
      },
    });
    expect(Number(told[0]!.piece.attributes?.['orderline.relay_delay_ms'])).toBeGreaterThanOrEqual(40);
    expect(told.map(({ ended }) => ended)).toEqual([undefined, undefined]);
    end(true);
    expect(told.map(({ ended }) => ended)).toEqual([true, true]);
  });

  it('that is given back is told as such', () => {
    observe(record(5n, sampled))(false);
    expect(told[0]!.ended).toMatch(/given back/u);
  });

  it('passes over records without a trace, of traces that nobody tells, and of long ago', () => {
    observe(
      record(1n, undefined),
      record(2n, `${sampled.slice(0, -2)}00`),
      record(3n, 'nonsense'),
      record(4n, sampled, 61 * 60_000),
    )(true);
    expect(told).toEqual([]);
  });
});
