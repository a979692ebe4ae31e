import type { Queryable } from '@orderline/postgres';

const statement = {
  name: 'stream_version',
  text: 'SELECT version FROM event WHERE order_id = $1 ORDER BY version DESC LIMIT 1',
};

/** The order's version now; 0 when there is no such order. */
export const streamVersion = async (queryable: Queryable, orderId: string): Promise<number> => {
  const { rows } = await queryable.query<{ version: number }>({ ...statement, values: [orderId] });
  return rows[0]?.version ?? 0;
};
