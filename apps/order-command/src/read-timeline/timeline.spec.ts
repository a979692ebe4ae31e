import { describe, expect, it } from 'vitest';
import { prefersJson } from './prefers-json.ts';
import { timelineLine } from './timeline-line.ts';

const event = {
  eventId: '0197f3c2-5b1e-7c5d-8a44-2f1d3c5b7a90',
  aggregateType: 'Order' as const,
  orderId: '0197f3c2-5b1e-7c5d-8a44-2f1d3c5b7a91',
  version: 2,
  type: 'OrderConfirmed',
  schemaVersion: 1,
  storedSchemaVersion: 1,
  occurredAt: '2026-01-15T14:04:59.000Z',
  recordedAt: '2026-01-15T14:05:00.120Z',
  actor: { role: 'restaurant', id: 'r-7' },
  correlationId: 'c',
  causationId: null,
  data: {},
};

describe('a line of the timeline', () => {
  it('reads as documented', () => {
    expect(timelineLine(event)).toBe('v2  2026-01-15T14:05:00.120Z  OrderConfirmed  {}  by restaurant:r-7');
  });

  it('stays one line and orders a terminal nothing', () => {
    const line = timelineLine({ ...event, data: { notes: 'a\nb\u001b[2J\u009b1m\u2028\u202e' } });
    expect(line).toContain(String.raw`{"notes":"a\nb\u001b[2J\u009b1m\u2028\u202e"}`);
    expect(line).not.toMatch(/[^\x20-\x7e]/u);
  });
});

describe('Accept', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['text/plain', false],
    ['application/json', true],
    ['application/json, text/plain;q=0.5', true],
    ['text/plain, application/json;q=0.5', false],
    ['application/*;q=0.9, text/*;q=0.1', true],
    ['application/json;q=0', false],
    ['text/html, */*;q=0.8', false],
  ])('%s prefers JSON: %s', (accept, json) => {
    expect(prefersJson(accept)).toBe(json);
  });
});
