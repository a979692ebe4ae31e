import type { TopicRecord } from '@orderline/kafka';
import { describe, expect, it } from 'vitest';
import type { RecordEvent } from '../topic/read-record.ts';
import { digestOf, TopicIndex } from '../topic/topic-index.ts';
import { judgeOrder, judgeTopic } from './judge-order.ts';

const orderId = '01980000-0000-7000-8000-00000000a0d1';
const id = (event: number): string => `01980000-0000-7000-8000-0000000000e${event}`;

type Put = number | { version: number; event?: number; partition?: number };

/** A topic with these versions of one order, one record after the other. */
const topicOf = (puts: readonly Put[]): TopicIndex => {
  const index = new TopicIndex();
  for (const [offset, put] of puts.entries()) {
    const { version, event = version, partition = 0 } = typeof put === 'number' ? { version: put } : put;
    const read: RecordEvent = {
      ...{
        orderId,
        version,
        eventId: id(event),
        type: 'OrderReady',
        schemaVersion: 1,
        customerId: 'c',
        restaurantId: 'r',
      },
      ...{ occurredAt: '2026-01-15T14:05:00.120Z', correlationId: 'k', causationId: null, stored: {} },
      actor: { id: 'x', role: 'system' },
    };
    const headers = {
      ...{ ce_specversion: '1.0', ce_id: read.eventId, ce_source: '/orderline/order-command', ce_subject: orderId },
      ...{ ce_type: 'orderline.orders.OrderReady', ce_time: '1970-01-01T00:00:00.000Z', 'event-type': 'OrderReady' },
      ...{ 'content-type': 'application/avro', 'event-version': String(version), 'correlation-id': 'k' },
    };
    const record: TopicRecord = {
      ...{ partition, offset: BigInt(offset), key: Buffer.from(orderId), value: null, headers, timestamp: 0 },
    };
    index.add(record, read);
  }
  return index;
};

/** What is found of an order that the store has in these versions, each the event of its number. */
const found = (stored: readonly number[], puts: readonly Put[]): string[] => {
  const whole = topicOf(stored);
  const rows = stored.map((version) => {
    const digest = digestOf(whole.orders.get(orderId)!.versions[version]!);
    return { orderId, version, eventId: id(version), digest, sound: true, older: false };
  });
  const seen = topicOf(puts).orders.get(orderId);
  const findings = [...judgeOrder(orderId, rows, seen).findings, ...(seen ? judgeTopic(orderId, seen) : [])];
  return findings.map(({ kind, version }) => `${kind} ${version}`);
};

describe('an order on the topic', () => {
  it.each<[string, Put[], string[]]>([
    ['as stored', [1, 2, 3], []],
    ['repeated from any place', [1, 2, 1, 2, 3, 2, 3], []],
    ['with nothing of it', [], ['lost 1', 'lost 2', 'lost 3']],
    ['without its first', [2, 3], ['lost 1']],
    ['without its last', [1, 2], ['lost 3']],
    ['healed from the first missing one to the head', [1, 3, 2, 3], []],
    ['healed by the missing one alone', [1, 3, 2], ['outOfOrder 3']],
    ['backwards', [3, 2, 1], ['outOfOrder 2']],
    ['with more than is stored', [1, 2, 3, 4], ['divergent 4']],
    ['with another event', [1, 2, { version: 3, event: 7 }], ['divergent 3']],
    ['with another event after the stored one', [1, 2, 3, { version: 3, event: 7 }], ['divergent 3']],
    ['in two partitions', [1, 2, { version: 3, partition: 5 }], ['outOfOrder 3']],
    ['in two partitions, the stray one read first', [{ version: 3, partition: 5 }, 1, 2], ['outOfOrder 3']],
    ['repeated in another partition', [1, 2, 3, { version: 2, partition: 5 }], ['outOfOrder 2']],
    [
      'in two partitions, as much in each',
      [{ version: 3, partition: 5 }, { version: 2, partition: 5 }, 1, 2],
      ['outOfOrder 2', 'outOfOrder 3'],
    ],
  ])('%s', (_, puts, findings) => {
    expect(found([1, 2, 3], puts)).toEqual(findings);
  });

  it('of an older shape, never sent, is no loss, unless something of it was sent', () => {
    const row = { orderId, eventId: id(1), digest: 0n, sound: true };
    const rows = [
      { ...row, version: 1, older: true },
      { ...row, version: 2, older: false },
    ];
    expect(judgeOrder(orderId, rows, undefined)).toEqual({ findings: [], neverPublished: true });
    const { findings, neverPublished } = judgeOrder(orderId, rows, topicOf([2]).orders.get(orderId));
    expect([neverPublished, findings[0]]).toMatchObject([false, { kind: 'lost', version: 1 }]);
  });
});
