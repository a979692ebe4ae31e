import { isSampled, type Attributes, type Tracing, type Work } from './tracing.ts';

/** Records of a topic in the hand of somebody who applies them; timestamps in epoch milliseconds. */
export type TracedBatch = {
  readonly feed: string;
  readonly projections: readonly string[];
  readonly records: readonly {
    readonly partition: number;
    readonly offset: bigint;
    readonly key: Buffer | null;
    readonly headers: Readonly<Record<string, string>>;
    readonly timestamp: number;
  }[];
};

/** A trace is looked at while it is fresh; a backlog and a rebuild would tell those of all times once more. */
const mostAgeMs = 60 * 60_000;

/**
 * Tells each record of a traced event, from the batch in hand to the commit, as a part of the piece of work that appended
 * the event. Only records of sampled traces of the last hour cost anything beyond a look at their header.
 */
export const traceBatches =
  (tracing: Tracing, topic: string) =>
  (batch: TracedBatch): ((committed: boolean) => void) => {
    const now = Date.now();
    const works: Work[] = [];
    for (const record of batch.records) {
      if (now - record.timestamp > mostAgeMs) continue;
      const { traceparent } = record.headers;
      if (traceparent === undefined || !isSampled(traceparent)) continue;
      const attributes = attributesOf(topic, batch, { record, now });
      works.push(tracing.begin({ name: `process ${topic}`, kind: 'consumer', attributes }, traceparent));
    }
    return (committed) => {
      for (const work of works) work.end({}, committed ? undefined : 'given back, to be delivered again');
    };
  };

type InHand = { readonly record: TracedBatch['records'][number]; readonly now: number };

const attributesOf = (
  topic: string,
  { feed, projections, records }: TracedBatch,
  { record, now }: InHand,
): Attributes => ({
  'messaging.system': 'kafka',
  'messaging.operation.type': 'process',
  'messaging.destination.name': topic,
  'messaging.destination.partition.id': String(record.partition),
  'messaging.kafka.offset': Number(record.offset),
  'messaging.batch.message_count': records.length,
  'orderline.order_id': record.key?.toString() ?? 'unknown',
  'orderline.event_type': record.headers['event-type'] ?? 'unknown',
  'orderline.event_version': record.headers['event-version'] ?? 'unknown',
  'orderline.relay_delay_ms': now - record.timestamp,
  'orderline.feed': feed,
  'orderline.projections': projections.join(' '),
});
