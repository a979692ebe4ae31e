import { beforeAll, describe, expect, it } from 'vitest';
import { atRest } from '../invariants/at-rest.ts';
import { command, createOrder, toTheDoor } from '../pipeline/order-client.ts';
import { plant } from './planted.ts';
import { caught, clean, stackAudit } from './stack-audit.ts';
import { isOf, readTopic, saying, writeTopic } from './topic-copy.ts';

let orderId: string;
const audit = () => stackAudit({ parts: ['store', 'topic'], settleMs: 300 });
const event = (versions = '') => ({ database: 'orders', table: 'event', where: `order_id = '${orderId}' ${versions}` });
const another = `{"keyId": null, "value": "another"}`;

/** Computes the hashes of an order anew from a version on, as one could who is the owner of the tables. */
const chainAnew = (from: number): string => `
  DO $$ DECLARE v int; BEGIN
    FOR v IN SELECT version FROM event WHERE order_id = '${orderId}' AND version >= ${from} ORDER BY version LOOP
      UPDATE event e SET hash = event_hash((SELECT hash FROM event p WHERE p.order_id = e.order_id AND p.version = v - 1), e)
      WHERE order_id = '${orderId}' AND version = v;
    END LOOP;
  END $$`;

beforeAll(async () => {
  ({ orderId } = (await createOrder()).body);
  for (const [action, body] of toTheDoor) await command(orderId, action, body);
  await atRest();
});

describe('a store that is not what it once recorded', () => {
  it('an event changed by the owner is tampered with, in the store and against the topic', async () => {
    await plant(
      event(),
      `UPDATE event SET data = data || '{"courier": ${another}}' WHERE ${event('AND version = 5').where}`,
    );
    expect(await audit()).toEqual(
      caught({
        tampered: [
          [orderId, 5, 'event-store'],
          [orderId, 5, 'topic'],
        ],
      }),
    );
  });

  it('with its hashes computed anew, the topic still tells', async () => {
    await plant(
      event(),
      `UPDATE event SET data = data || '{"courier": ${another}}' WHERE ${event('AND version = 5').where}; ${chainAnew(5)}`,
    );
    const report = await audit();
    expect(report).toEqual(caught({ tampered: [[orderId, 5, 'topic']] }));
    expect(report.tampered[0]!.what).toMatch(/: data$/u);
  });

  it('an event with another id is tampered with, and divergent from the topic', async () => {
    await plant(event(), `UPDATE event SET event_id = gen_random_uuid() WHERE ${event('AND version = 2').where}`);
    expect(await audit()).toEqual(
      caught({ tampered: [[orderId, 2, 'event-store']], divergent: [[orderId, 2, 'topic']] }),
    );
  });

  it('an event taken out of the middle is tampered with, and the topic still has it', async () => {
    await plant(event(), `DELETE FROM event WHERE ${event('AND version = 3').where}`);
    expect(await audit()).toEqual(
      caught({ tampered: [[orderId, 3, 'event-store']], divergent: [[orderId, 3, 'topic']] }),
    );
  });

  it('events cut off at the end are known by the topic', async () => {
    await plant(event(), `DELETE FROM event WHERE ${event('AND version > 4').where}`);
    expect(await audit()).toEqual(
      caught({
        divergent: [
          [orderId, 5, 'topic'],
          [orderId, 6, 'topic'],
        ],
      }),
    );
  });

  it('an order gone as a whole is known by the topic', async () => {
    await plant(event(), `DELETE FROM event WHERE ${event().where}`);
    expect((await audit()).divergent.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('an event without its outbox row is lost', async () => {
    await plant(
      event(),
      `INSERT INTO event SELECT order_id, 7, gen_random_uuid(), 'OrderUpdated', 1, '{"notes": null, "deliveryAddress": null}',
         metadata, recorded_at + interval '1 s', hash FROM event WHERE ${event('AND version = 6').where}; ${chainAnew(7)}`,
    );
    expect(await audit()).toEqual(caught({ lost: [[orderId, 7, 'topic']] }));
  });

  it('an event stored without a trace, sent with one, is none of it', async () => {
    const set = `metadata = metadata || '{"traceparent": null}'`;
    await plant(event(), `UPDATE event SET ${set} WHERE ${event('AND version = 4').where}; ${chainAnew(4)}`);
    expect(await audit()).toMatchObject(clean);
  });

  it('a stepped clock is none of it, but a time put back is', async () => {
    await plant(
      event(),
      `UPDATE event SET recorded_at = recorded_at - interval '1 day' WHERE ${event('AND version = 6').where}; ${chainAnew(6)}`,
    );
    expect((await audit()).tampered.map(({ version, where }) => [version, where])).toEqual([
      [6, 'event-store'],
      [6, 'topic'],
    ]);
  });
});

describe('an order stored in an older shape', () => {
  const legacy = '01980000-0000-7000-8000-00000000a0d1';
  const data = `{"product_ids": ["b", "a", "b"], "total": "22.25"}`;
  const store = (version: 1 | 2, text: string): Promise<void> =>
    plant(
      { database: 'orders', table: 'event', where: `order_id = '${legacy}'` },
      `INSERT INTO event SELECT '${legacy}', 1, '${legacy}', 'OrderCreated', ${version}, '${text}', metadata,
         recorded_at, event_hash(NULL, ROW('${legacy}', 1, '${legacy}', 'OrderCreated', ${version}, '${text}', metadata,
           recorded_at, '')::event) FROM event WHERE ${event('AND version = 1').where}`,
    );
  const line = (sku: string, quantity: number, unitPriceMinor: number, name = sku) => ({
    sku,
    name,
    quantity,
    unitPriceMinor,
  });

  it('and never sent is counted, and not lost', async () => {
    const { neverPublished } = await stackAudit();
    await store(1, data);
    expect(await stackAudit()).toMatchObject({ ...clean, neverPublished: neverPublished + 1 });
  });

  it.each([
    [1 as const, data, [line('b', 2, 0), line('a', 1, 0)]],
    [
      2 as const,
      `{"items": [{"sku": "z", "name": "Zabaglione", "quantity": 3, "unitPrice": "9.5"},
        {"sku": "a", "name": "A", "quantity": 1, "unitPrice": "3"}], "total": "22.25"}`,
      [line('z', 3, 950, 'Zabaglione'), line('a', 1, 300, 'A')],
    ],
  ])('and sent in that of today is the same order (version %i)', async (version, text, items) => {
    await store(version, text);
    const records = await readTopic();
    const first = records.find(isOf(orderId, 1))!;
    const parties = { customerId: 'unknown', restaurantId: 'unknown' };
    const own = { items, totalMinor: 2_225, currency: 'USD', deliveryAddress: null, notes: null };
    const sent = await saying(first, { ...parties, ...own, orderId: legacy, eventId: legacy });
    const headers = { ...first.headers, ce_id: legacy, ce_subject: legacy };
    const topic = await writeTopic([...records, { ...sent, key: Buffer.from(legacy), headers }]);
    const { neverPublished } = await stackAudit({ parts: ['store', 'topic'] });
    const report = await stackAudit({ topic, parts: ['store', 'topic'], settleMs: 300 });
    expect(report).toMatchObject({ ...clean, neverPublished: neverPublished - 1 });
  });
});
