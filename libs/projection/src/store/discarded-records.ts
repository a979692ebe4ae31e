import type { Queryable } from '@orderline/postgres';
import type { TopicRecord } from '../feed/consumer-port.ts';
import { prepared } from './statement.ts';

/** Those of these records that somebody gave up in this projection, in whichever generation. */
export const discardedAmong = async (
  client: Queryable,
  projection: string,
  records: readonly TopicRecord[],
): Promise<Set<TopicRecord>> => {
  if (records.length === 0) return new Set();
  const { rows } = await client.query<{ partition: number; offset: string }>(
    prepared(
      `SELECT partition, topic_offset AS offset FROM projection_discarded
       JOIN unnest($2::integer[], $3::bigint[]) AS asked (partition, topic_offset) USING (partition, topic_offset)
       WHERE projection = $1`,
      [
        projection,
        `{${records.map(({ partition }) => partition).join(',')}}`,
        `{${records.map(({ offset }) => offset).join(',')}}`,
      ],
    ),
  );
  const places = new Set(rows.map(({ partition, offset }) => `${partition}/${offset}`));
  return new Set(records.filter(({ partition, offset }) => places.has(`${partition}/${offset}`)));
};
