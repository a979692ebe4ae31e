import type { Pool } from '@orderline/postgres';
import { prepared } from './store/statement.ts';

export type Visibility =
  | { readonly kind: 'visible' }
  | { readonly kind: 'parked' }
  /** `currentVersion`: what is visible now in all projections of the app; null for nothing. */
  | { readonly kind: 'not_yet'; readonly currentVersion: number | null };

type Waiter = {
  readonly orderId: string;
  readonly version: number;
  readonly until: number;
  readonly settle: (visibility: Visibility) => void;
  readonly fail: (error: unknown) => void;
};

/** How long after a commit of another instance a waiting read may notice it. */
const LOOK_MS = 25;

/**
 * Waits until the serving generations of these projections have applied a version of an order. However many reads wait,
 * there is one query at a time for all of them: after each commit of this instance, and every 25 ms for those of others.
 */
export const createVersionWait = (
  pool: Pool,
  projections: readonly string[],
  nextCommit: (ms: number) => Promise<void>,
): ((orderId: string, version: number, waitMs: number) => Promise<Visibility>) => {
  const waiting = new Set<Waiter>();
  let isLooking = false;

  const look = async (asked: readonly Waiter[]): Promise<void> => {
    const found = await visibilities(pool, projections, asked);
    const now = performance.now();
    for (const waiter of asked) {
      const visibility = found(waiter);
      if (visibility.kind === 'not_yet' && now < waiter.until) continue;
      waiting.delete(waiter);
      waiter.settle(visibility);
    }
  };
  const lookUntilDone = async (): Promise<void> => {
    isLooking = true;
    try {
      while (waiting.size > 0) {
        await look([...waiting]);
        if (waiting.size > 0) await nextCommit(LOOK_MS);
      }
    } catch (error) {
      for (const waiter of waiting) waiter.fail(error);
      waiting.clear();
    } finally {
      isLooking = false;
    }
  };
  return (orderId, version, waitMs) =>
    new Promise((settle, fail) => {
      waiting.add({ orderId, version, until: performance.now() + waitMs, settle, fail });
      if (!isLooking) void lookUntilDone();
    });
};

/** Each order in each projection; an order that a projection has not seen has no version there. */
const visibilities = async (
  pool: Pool,
  projections: readonly string[],
  waiters: readonly Waiter[],
): Promise<(waiter: Waiter) => Visibility> => {
  const orderIds = [...new Set(waiters.map(({ orderId }) => orderId))];
  const { rows } = await pool.query<{ orderId: string; version: number; parked: boolean }>(
    prepared(
      `SELECT o.order_id AS "orderId", o.version, o.parked
       FROM projection_generation g JOIN projection_order o ON o.generation = g.generation AND o.order_id = ANY ($2::uuid[])
       WHERE g.state = 'serving' AND g.projection = ANY ($1::text[])`,
      [projections, orderIds],
    ),
  );
  const byOrder = Map.groupBy(rows, (row) => row.orderId);
  return ({ orderId, version }) => {
    const found = byOrder.get(orderId) ?? [];
    const behind = found.filter((row) => row.version < version);
    if (behind.some(({ parked }) => parked)) return { kind: 'parked' };
    if (behind.length === 0 && found.length === projections.length) return { kind: 'visible' };
    const seenByAll = found.length === projections.length;
    const currentVersion = seenByAll ? Math.min(...found.map((row) => row.version)) : null;
    return { kind: 'not_yet', currentVersion: currentVersion === 0 ? null : currentVersion };
  };
};
