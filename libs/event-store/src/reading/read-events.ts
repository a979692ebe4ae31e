import type { Queryable } from '@orderline/postgres';
import type { StoredEvent } from '../stored-event.ts';
import { eventColumns, storedEvent, type StoredEventRow } from './stored-event-row.ts';

const statement = {
  name: 'read_events',
  text: `SELECT ${eventColumns} FROM event WHERE order_id = $1 AND version > $2 ORDER BY version LIMIT $3`,
};

/** At most `limit` events of an order above version `after`, oldest first. */
export const readEvents = async (
  queryable: Queryable,
  orderId: string,
  after: number,
  limit: number,
): Promise<StoredEvent[]> => {
  const { rows } = await queryable.query<StoredEventRow>({ ...statement, values: [orderId, after, limit] });
  return rows.map((row) => storedEvent(orderId, row));
};
