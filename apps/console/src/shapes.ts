import { z } from 'zod';

/** Every answer and every event of the stream of the console's API; the page takes its types from here. */

const instant = z.iso.datetime();
const count = z.int().nonnegative();

export const statuses = [
  'Created',
  'Confirmed',
  'Preparing',
  'Ready',
  'OutForDelivery',
  'Delivered',
  'Cancelled',
] as const;
export const status = z.enum(statuses);
export type Status = z.output<typeof status>;

/** A part of the stack that did not answer: the rest of the answer is told without it. */
export const away = z.object({ part: z.string(), since: instant, advice: z.string() }).meta({ id: 'Away' });
export type Away = z.output<typeof away>;
const withAway = { away: z.array(away) };

/** Milliseconds, of the last minute, read from the buckets of histograms: `max` is the upper edge of the highest one. */
export const delay = z.object({ p50: z.number(), p90: z.number(), max: z.number() }).meta({ id: 'Delay' });
export type Delay = z.output<typeof delay>;

export const health = z.enum(['up', 'down', 'late', 'unknown']);
export type Health = z.output<typeof health>;

const standing = { state: health, since: instant, advice: z.string().nullable() };

/** A station on the way of an event. What does not apply to it, or is not known, is null. */
export const hop = z
  .object({
    id: z.string(),
    kind: z.enum(['command', 'outbox', 'relay', 'topic', 'projector']),
    name: z.string(),
    ...standing,
    ratePerSecond: z.number().nullable(),
    lagEvents: count.nullable(),
    lagSeconds: z.number().nullable(),
    delay: delay.nullable(),
  })
  .meta({ id: 'Hop' });
export type Hop = z.output<typeof hop>;

export const part = z
  .object({ name: z.string(), kind: z.enum(['app', 'server']), ...standing, address: z.string() })
  .meta({ id: 'Part' });
export type Part = z.output<typeof part>;

/** `event: pipeline`, once a second, and `GET /api/pipeline`. Hops in the order that an event takes; projectors last, side by side. */
export const pipeline = z
  .object({
    at: instant,
    hops: z.array(hop),
    parts: z.array(part),
    wal: z.object({ retainedBytes: z.number(), limitBytes: z.number().nullable() }).nullable(),
    ...withAway,
  })
  .meta({ id: 'Pipeline' });
export type Pipeline = z.output<typeof pipeline>;

const perHop = z.record(z.string(), z.number().nullable());

/** `event: history`, once when the stream opens: the last minutes, oldest first, by the id of the hop. */
export const history = z
  .object({ points: z.array(z.object({ at: instant, ratePerSecond: perHop, lagSeconds: perHop })) })
  .meta({ id: 'History' });
export type History = z.output<typeof history>;

export const change = z
  .object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })
  .meta({ id: 'Change' });
/** `path` as `/items/margherita/quantity`: things of a list by their sku or name. A side that is not there is left out. */
export type Change = z.output<typeof change>;

export const generation = z
  .object({
    app: z.string(),
    name: z.string(),
    version: z.int(),
    generation: z.int(),
    state: z.enum(['serving', 'filling', 'caught_up', 'standby']),
    partitions: z.array(z.object({ partition: z.int(), offset: z.int(), lag: z.int() })),
    lagEvents: z.int(),
    lagSeconds: z.number(),
    ratePerSecond: z.number(),
    applied: z.int(),
    duplicates: z.int(),
    parked: z.int(),
    rebuild: z.object({ percent: z.number(), secondsLeft: z.number() }).nullable(),
    comparison: z
      .object({
        rows: z.int(),
        differing: z.int(),
        differences: z.array(
          z.object({
            key: z.record(z.string(), z.unknown()),
            serving: z.unknown(),
            candidate: z.unknown(),
            orderVersion: z.int().nullable(),
            eventId: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
    verifiedAt: instant.nullable(),
    /** Of the app that hosts it, and of what serves there. */
    delay: delay.nullable(),
  })
  .meta({ id: 'Generation' });
export type Generation = z.output<typeof generation>;

/** `event: projections`, once a second, and `GET /api/projections`. */
export const projections = z.object({ projections: z.array(generation), ...withAway }).meta({ id: 'Projections' });
export type Projections = z.output<typeof projections>;

export const parkedOrder = z
  .object({
    app: z.string(),
    orderId: z.string(),
    projection: z.string(),
    version: z.int(),
    reason: z.string(),
    since: instant,
    waiting: z.int(),
    partition: z.int(),
    offset: z.int(),
  })
  .meta({ id: 'ParkedOrder' });
export type ParkedOrder = z.output<typeof parkedOrder>;

/** `event: parked`, once at first and then when it changed, and `GET /api/parked`: the newest 200 of each app. */
export const parkedOrders = z.object({ items: z.array(parkedOrder), ...withAway }).meta({ id: 'ParkedOrders' });
export type ParkedOrders = z.output<typeof parkedOrders>;

/** A record as it lies in the topic. `value` is base64, at most its first 64 KiB; `decoded` or `undecodable` is null. */
export const topicRecord = z
  .object({
    recordedAt: instant,
    key: z.string().nullable(),
    headers: z.record(z.string(), z.string()),
    size: count,
    value: z.string().nullable(),
    schemaId: z.int().nullable(),
    decoded: z.record(z.string(), z.unknown()).nullable(),
    undecodable: z.string().nullable(),
  })
  .meta({ id: 'TopicRecord' });
export type TopicRecord = z.output<typeof topicRecord>;

/** `GET /api/parked/{orderId}`: where it is parked, with the record at the head; null where the topic does not give it. */
export const parkedDetail = z
  .object({
    orderId: z.string(),
    items: z.array(parkedOrder.extend({ record: topicRecord.nullable() })),
    ...withAway,
  })
  .meta({ id: 'ParkedDetail' });
export type ParkedDetail = z.output<typeof parkedDetail>;

/** Answer to retry and discard: what was applied and what stays parked, by projection. */
export const released = z
  .object({
    orderId: z.string(),
    dryRun: z.boolean(),
    released: z.array(
      z.object({
        app: z.string(),
        projection: z.string(),
        generation: z.int(),
        applied: z.int(),
        duplicates: z.int(),
        parked: z.int(),
      }),
    ),
    ...withAway,
  })
  .meta({ id: 'Released' });
export type Released = z.output<typeof released>;

/** `GET /api/schemas`. `inThisBuild`: how what this build writes and reads compares with the newest version. */
export const schemas = z
  .object({
    subjects: z.array(
      z.object({
        subject: z.string(),
        type: z.string(),
        compatibility: z.string().nullable(),
        inThisBuild: z.enum(['newest', 'older', 'unregistered', 'unknown_type']),
        /** Newest first; `changes` against the one before it, none for the first. */
        versions: z.array(z.object({ version: z.int(), id: z.int(), schema: z.unknown(), changes: z.array(change) })),
      }),
    ),
    ...withAway,
  })
  .meta({ id: 'Schemas' });
export type Schemas = z.output<typeof schemas>;

export const counts = z.record(status, count);

/** `GET /api/status-counts/series?from=&to=&points=`: oldest first, evenly spread, both ends included. */
export const countsSeries = z
  .object({ from: instant, to: instant, points: z.array(z.object({ at: instant, counts })), ...withAway })
  .meta({ id: 'CountsSeries' });
export type CountsSeries = z.output<typeof countsSeries>;

/** `GET /api/status-counts?at=&status=&after=`. */
export const ordersAt = z
  .object({
    at: instant,
    status,
    counts,
    items: z.array(z.object({ orderId: z.string(), since: instant })),
    next: z.string().nullable(),
    ...withAway,
  })
  .meta({ id: 'OrdersAt' });
export type OrdersAt = z.output<typeof ordersAt>;
