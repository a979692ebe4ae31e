import type { EventType, Recorded } from '@orderline/projection';
import { handFedTopic, openProjectorApp, orderLife, type OpenApp } from '@orderline/projector-host/testing';
import { statuses } from '@orderline/read-models';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { analyticsApp } from '../app.ts';
import { funnel } from '../funnel/funnel.projection.ts';
import { revenue } from '../revenue/revenue.projection.ts';
import type { Status } from './status.ts';
import { statusFlow } from './status-flow.projection.ts';
import { statusIntervals } from './status-intervals.projection.ts';

const projections = [revenue, funnel, statusFlow, statusIntervals];
const DAY = 86_400_000;
const start = Date.parse('2026-01-14T00:00:00.000Z');

const steps: readonly EventType[] = [
  'OrderConfirmed',
  'OrderPreparing',
  'OrderReady',
  'OrderOutForDelivery',
  'OrderDelivered',
];
const besides = ['OrderUpdated', 'OrderItemAdded', 'PaymentReceived', 'PaymentRefunded'] as const;

// Gaps that end at edges of minutes and days are as likely as any other.
const gap = fc.oneof(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 2 * 60_000 }),
  fc.integer({ min: 1, max: DAY }),
);
const edge = fc.constantFrom(undefined, 60_000, DAY);
const happening = fc.record({ gap, edge, beside: fc.option(fc.constantFrom(...besides)), amountMinor: fc.nat(5_000) });
const history = fc.record({
  begins: fc.integer({ min: 0, max: 2 * DAY }),
  steps: fc.integer({ min: 0, max: steps.length }),
  isCancelled: fc.boolean(),
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  happenings: fc.array(happening, { minLength: 0, maxLength: 9 }),
});
type History = typeof history extends fc.Arbitrary<infer H> ? H : never;

const later = (at: number, { gap: ms, edge: length }: History['happenings'][number]): number =>
  length === undefined ? at + ms : at + ms + ((length - ((at + ms) % length)) % length);

/** The events of a history: its steps one after the other, other events between them, a cancellation where it is lawful. */
const lifeOf = ({ begins, steps: wanted, isCancelled, currency, happenings }: History): Recorded[] => {
  const life = orderLife({ currency });
  let at = start + begins;
  const events = [life.next('OrderCreated', at)];
  let taken = 0;
  for (const what of happenings) {
    at = later(at, what);
    const step = taken < wanted ? steps[taken] : undefined;
    if (what.beside !== null) {
      events.push(life.next(what.beside, at, { amountMinor: what.amountMinor }));
    } else if (step !== undefined) {
      events.push(life.next(step, at));
      taken += 1;
    }
  }
  if (isCancelled && taken <= 2) events.push(life.next('OrderCancelled', at + 1));
  return events;
};

const statusAfter = ({ type }: Recorded): Status | undefined => statuses.find((status) => type === `Order${status}`);

/** Which status each order has after all events recorded at or before an instant, and since when: a replay from the start. */
const replayUntil = (events: readonly Recorded[], at: number): Map<string, { status: Status; since: number }> => {
  const found = new Map<string, { status: Status; since: number }>();
  for (const event of events) {
    const status = statusAfter(event);
    if (status !== undefined && event.recordedAt <= at) {
      found.set(event.orderId, { status, since: event.recordedAt });
    }
  }
  return found;
};

const dayOf = ({ recordedAt }: Recorded): string => new Date(recordedAt).toISOString().slice(0, 10);

const replayFunnel = (events: readonly Recorded[], from: string, to: string): Record<string, number> => {
  const within = new Set(
    events
      .filter((event) => event.type === 'OrderCreated' && dayOf(event) >= from && dayOf(event) < to)
      .map(({ orderId }) => orderId),
  );
  const reached = statuses.map((status) => [
    status.charAt(0).toLowerCase() + status.slice(1),
    events.filter((event) => within.has(event.orderId) && statusAfter(event) === status).length,
  ]);
  return Object.fromEntries(reached) as Record<string, number>;
};

const replayRevenue = (events: readonly Recorded[]): Map<string, [received: number, refunded: number]> => {
  const sums = new Map<string, [number, number]>();
  for (const event of events) {
    if (event.type !== 'PaymentReceived' && event.type !== 'PaymentRefunded') continue;
    const key = `${dayOf(event)} ${event.currency}`;
    const [received, refunded] = sums.get(key) ?? [0, 0];
    const isPayment = event.type === 'PaymentReceived';
    sums.set(key, [received + (isPayment ? event.amountMinor : 0), refunded + (isPayment ? 0 : event.amountMinor)]);
  }
  return sums;
};

describe('the population time machine', () => {
  let app: OpenApp;

  beforeAll(async () => {
    app = await openProjectorApp(analyticsApp, {
      postgresUrl: inject('postgresUrl'),
      database: 'analytics',
      migrations: new URL('../../migrations', import.meta.url),
    });
  });
  afterAll(async () => {
    await app.close();
  });

  const forget = () =>
    app.admin.query('TRUNCATE revenue, funnel, status_flow, status_interval, projection_order, projection_checkpoint');

  /** Everything on the topic, the lives interleaved, applied by two instances in batches of some size. */
  const apply = async (lives: readonly Recorded[][], batch: number): Promise<void> => {
    await forget();
    const topic = handFedTopic();
    for (let at = 0; lives.some((life) => at < life.length); at += 1) {
      topic.put(...lives.flatMap((life) => life.slice(at, at + 1)));
    }
    const instances = await Promise.all([
      topic.instance(app.databaseUrl, projections, [0, 1]),
      topic.instance(app.databaseUrl, projections, [2, 3]),
    ]);
    await Promise.all(instances.map((instance) => instance.drain(batch)));
    await Promise.all(instances.map((instance) => instance.stop()));
  };

  const countsAt = async (at: number): Promise<unknown> => {
    const { body } = await app.get(`/status-counts?at=${new Date(at).toISOString()}`);
    return (body as { counts: unknown }).counts;
  };

  const ordersAt = async (at: number, status: Status): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (let after = ''; ;) {
      const path = `/status-counts?at=${new Date(at).toISOString()}&status=${status}&limit=3${after}`;
      const { items, next } = (await app.get(path)).body as { items: unknown[]; next: string | null };
      found.push(...items);
      if (next === null) return found;
      after = `&after=${next}`;
    }
  };

  it('equals a full replay at any instant, for random histories', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(history, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(1, 7, 1_000),
        fc.array(fc.integer({ min: -1, max: 14 * DAY }), { minLength: 3, maxLength: 3 }),
        async (histories, batch, offsets) => {
          const lives = histories.map(lifeOf);
          const events = lives.flat();
          await apply(lives, batch);
          const recorded = events.map(({ recordedAt }) => recordedAt);
          const edges = recorded.flatMap((at) => [at - 1, at, at - (at % 60_000), at - (at % DAY)]).slice(0, 24);
          for (const at of [...edges, ...offsets.map((offset) => start + offset)]) {
            const replayed = replayUntil(events, at);
            const counts = statuses.map((status) => [
              status,
              [...replayed.values()].filter((order) => order.status === status).length,
            ]);
            expect(await countsAt(at)).toEqual(Object.fromEntries(counts));
          }
        },
      ),
      { numRuns: 20 },
    ),
  );

  it('names the same orders as a full replay, each once, shortest in the status first', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 15 }), async (histories) => {
        const lives = histories.map(lifeOf);
        const events = lives.flat();
        await apply(lives, 1_000);
        const at = events[events.length >> 1]?.recordedAt ?? start;
        const replayed = [...replayUntil(events, at)];
        for (const status of statuses) {
          const expected = replayed
            .filter(([, order]) => order.status === status)
            .map(([orderId, { since }]) => ({ orderId, since: new Date(since).toISOString() }))
            .sort((a, b) => (`${a.since} ${a.orderId}` < `${b.since} ${b.orderId}` ? 1 : -1));
          expect(await ordersAt(at, status)).toEqual(expected);
        }
      }),
      { numRuns: 10 },
    ),
  );

  it('sums revenue and funnel as a replay does', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 15 }), async (histories) => {
        const lives = histories.map(lifeOf);
        const events = lives.flat();
        await apply(lives, 5);
        const { rows } = await app.admin.query<{ key: string; received: string; refunded: string }>(
          `SELECT day || ' ' || currency AS key, received_minor AS received, refunded_minor AS refunded FROM revenue`,
        );
        const sums = rows.map(({ key, received, refunded }): [string, [number, number]] => [
          key,
          [Number(received), Number(refunded)],
        ]);
        expect(new Map(sums)).toEqual(replayRevenue(events));
        const [from, to] = ['2026-01-14', '2026-01-15'];
        expect((await app.get(`/funnel?from=${from}&to=${to}`)).body).toEqual(replayFunnel(events, from, to));
      }),
      { numRuns: 10 },
    ),
  );
});
