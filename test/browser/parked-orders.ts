import { eventually } from '@orderline/testing';
import { expect, inject } from 'vitest';
import { parkedAt, release } from '../invariants/parked.ts';
import { databaseUrlOf, stackPlaces, type Place } from '../invariants/projectors.ts';
import { query } from '../invariants/query.ts';
import { putUnreadable } from './put-unreadable.ts';

const isParkedAt = async ({ url }: Place, orderId: string): Promise<boolean> =>
  (await parkedAt(url)).some((parked) => parked.orderId === orderId);

/** Puts a record on the topic that nobody can read. Resolves to the order that it parks, once every projector has parked it. */
export const parkUnreadable = async (): Promise<string> => {
  const orderId = await putUnreadable(inject('stack').kafkaBrokers);
  await eventually(
    async () => {
      for (const place of stackPlaces()) expect(await isParkedAt(place, orderId), place.name).toBe(true);
    },
    { withinMs: 30_000, everyMs: 100 },
  );
  return orderId;
};

/** Gives up what is still parked of the order, wherever that is. */
export const giveUp = async (orderId: string): Promise<void> => {
  for (const place of stackPlaces()) if (await isParkedAt(place, orderId)) await release(place.url, orderId, 'discard');
};

/**
 * Lets the read model of summaries refuse one order once it is confirmed, as a constraint would that a migration made too
 * narrow. `mend` takes the cause away, and may be called again.
 */
export const refuseConfirmed = async (orderId: string): Promise<{ mend(): Promise<void> }> => {
  const databaseUrl = databaseUrlOf('order_summary');
  await query(
    databaseUrl,
    `ALTER TABLE order_summary ADD CONSTRAINT too_narrow CHECK (order_id <> '${orderId}' OR status <> 'Confirmed') NOT VALID`,
  );
  return {
    mend: async () => {
      await query(databaseUrl, 'ALTER TABLE order_summary DROP CONSTRAINT IF EXISTS too_narrow');
    },
  };
};
