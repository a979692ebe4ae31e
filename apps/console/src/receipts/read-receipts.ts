import { z } from 'zod';
import { timeline, type Receipts, type Timeline } from '../order-shapes.ts';
import type { Topic } from '../topic/topic.ts';
import { askAll, orAway } from '../upstream/ask-all.ts';
import { PartAway } from '../upstream/part-away.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { findInTopic, type Lookup } from './find-in-topic.ts';

const receiptsOfApp = z.object({
  receipts: z.array(
    z.object({
      projection: z.string(),
      generation: z.int(),
      state: z.enum(['serving', 'filling', 'caught_up', 'standby']),
      version: z.int(),
      appliedAt: z.iso.datetime().nullable(),
      parked: z.boolean(),
    }),
  ),
});

const lookupMs = 3_000;

/** How far an order has come at every hop. Needs order-command, which knows its versions; what else is away is named. */
export const readReceipts = async (
  { command, projectors }: Pick<Upstreams, 'command' | 'projectors'>,
  topic: Topic,
  orderId: string,
): Promise<Receipts> => {
  const { events } = await command.ask(timeline, `/orders/${orderId}/timeline`);
  const [lookup, applied] = await Promise.all([
    orAway(lookUp(topic, orderId, events)),
    askAll(projectors, (projector) => projector.ask(receiptsOfApp, `/receipts/${orderId}`)),
  ]);
  const known = lookup instanceof PartAway ? nothingKnown : lookup;
  return {
    orderId,
    isTopicKnown: known.isComplete,
    versions: events.map(({ version, type, recordedAt }) => ({
      ...{ version, type, recordedAt },
      relayed: relayedOf(known, version),
    })),
    projections: [...applied.answers].flatMap(([app, { receipts }]) =>
      receipts.map((receipt) => ({ app, ...receipt })),
    ),
    away: [...(lookup instanceof PartAway ? [lookup.away] : []), ...applied.away],
  };
};

const nothingKnown: Lookup = { found: new Map(), isComplete: false };

const lookUp = (topic: Topic, orderId: string, events: Timeline['events']): Promise<Lookup> =>
  topic.read((reader) =>
    findInTopic(reader, orderId, {
      wanted: events.map(({ version, recordedAt }) => ({ version, recordedAt: Date.parse(recordedAt) })),
      deadline: Date.now() + lookupMs,
    }),
  );

const relayedOf = ({ found }: Lookup, version: number): Receipts['versions'][number]['relayed'] => {
  const place = found.get(version);
  return place === undefined ? null : { ...place, at: new Date(place.at).toISOString() };
};
