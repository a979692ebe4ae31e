import { randomUUID } from 'node:crypto';
import { eventually } from '@orderline/testing';
import { describe, expect, inject, it } from 'vitest';
import { expectAsWritten } from '../invariants/as-written.ts';
import { atRest, statusOf } from '../invariants/at-rest.ts';
import { stackPlaces } from '../invariants/projectors.ts';
import { command, createOrder } from '../pipeline/order-client.ts';
import { recordsOf } from '../pipeline/topic-records.ts';
import { onOrders, orderline } from './relay-view.ts';

/** A confirmation that is stored as any, and of which no outbox row is: it never reaches the topic. */
const confirmUnpublished = (orderId: string): Promise<unknown> =>
  onOrders(
    `INSERT INTO event
     SELECT order_id, version + 1, $2, 'OrderConfirmed', 1, '{}', metadata, at, event_hash(hash,
       ROW(order_id, version + 1, $2, 'OrderConfirmed', 1, '{}', metadata, at, NULL)::event)
     FROM (SELECT *, recorded_at + interval '1 ms' AS at FROM event WHERE order_id = $1 ORDER BY version DESC LIMIT 1) last`,
    [orderId, randomUUID()],
  );

const parkedAnywhere = async (orderId: string): Promise<{ version: number; reason: string }[]> => {
  const answers = await Promise.all(
    stackPlaces().map(
      async ({ url }) => (await fetch(`${url}/parked?limit=200`)).json() as Promise<{ items: unknown[] }>,
    ),
  );
  const items = answers.flatMap(({ items: of }) => of) as { orderId: string; version: number; reason: string }[];
  return items.filter((item) => item.orderId === orderId);
};

describe('an event that never reached the topic', () => {
  it('parks its order at the gap in every read model; sent again, the order goes on by itself in all four', async () => {
    const orderId = (await createOrder()).body.orderId;
    await confirmUnpublished(orderId);
    expect((await command(orderId, 'start-preparing', { estimatedMinutes: 9 })).body.version).toBe(3);
    expect((await command(orderId, 'mark-ready')).body.version).toBe(4);
    const projections = (await Promise.all(stackPlaces().map(({ url }) => statusOf(url)))).flat().length;
    await eventually(async () => expect(await parkedAnywhere(orderId)).toHaveLength(projections), { withinMs: 30_000 });
    expect((await parkedAnywhere(orderId))[0]).toMatchObject({
      version: 3,
      reason: expect.stringContaining('Version 2 is missing') as string,
    });

    const said = await orderline('republish', orderId, '--from', '2', '--url', inject('stack').commandUrl);
    expect(said).toContain('versions 2 to 4, 3 records sent again');
    await eventually(async () => expect(await parkedAnywhere(orderId)).toEqual([]), { withinMs: 30_000 });
    const versions = (await recordsOf(orderId, 6)).map(({ record }) => record.headers['event-version']);
    expect(versions).toEqual(['1', '3', '4', '2', '3', '4']);
    await atRest();
    await expectAsWritten();
  });
});
