import type { EventStore, PointInHistory, StoredEvent } from '@orderline/event-store';
import type { Admission } from '../commands/admission.ts';
import { orderNotFound, toRefusal } from '../http/refusal.ts';
import { orderOf, type OrderAtVersion } from './order-at-version.ts';
import { snapshotFingerprint } from './snapshot-fingerprint.ts';
import { RequestRefused } from '@orderline/service-host';

/** Reads of the write side. All throw 404 `order_not_found`, 503 `newer_history` and 429 `too_busy`. */
export type OrderReading = {
  /** The present state. */
  current: (orderId: string) => Promise<OrderAtVersion>;
  /** An earlier state; 404 `version_not_found` above the head, `no_state_yet` before the first event. */
  at: (orderId: string, point: PointInHistory) => Promise<OrderAtVersion>;
  /** At most `limit` events above version `after`, oldest first. */
  events: (orderId: string, after: number, limit: number) => Promise<readonly StoredEvent[]>;
};

/** PostgreSQL's int: no version is above it. */
const mostVersion = 2_147_483_647;

export const createOrderReading = (store: EventStore, admission: Admission): OrderReading => {
  const guarded = <Result>(work: () => Promise<Result>): Promise<Result> =>
    admission.run(work).catch((error: unknown) => {
      throw toRefusal(error);
    });
  return {
    current: (orderId) => guarded(() => readCurrent(store, orderId)),
    at: (orderId, point) => guarded(() => readAt(store, orderId, point)),
    events: (orderId, after, limit) => guarded(() => readEvents(store, { orderId, after, limit })),
  };
};

const snapshots = { snapshotFingerprint };

const readCurrent = async (store: EventStore, orderId: string): Promise<OrderAtVersion> => {
  const stream = await store.load(orderId, snapshots);
  const at = stream && orderOf(stream);
  if (at === undefined) throw orderNotFound();
  return at;
};

const readAt = async (store: EventStore, orderId: string, point: PointInHistory): Promise<OrderAtVersion> => {
  const asked = 'version' in point ? { version: Math.min(point.version, mostVersion) } : point;
  const stream = await store.loadAt(orderId, asked, snapshots);
  if (stream === undefined) throw orderNotFound();
  if ('version' in asked && stream.version !== asked.version) {
    const detail = `The order is at version ${stream.headVersion}.`;
    throw new RequestRefused(404, 'version_not_found', { detail, members: { currentVersion: stream.headVersion } });
  }
  const at = orderOf(stream);
  if (at === undefined) throw new RequestRefused(404, 'no_state_yet', { detail: 'The order did not exist then.' });
  return at;
};

type EventRange = { orderId: string; after: number; limit: number };

const readEvents = async (
  store: EventStore,
  { orderId, after, limit }: EventRange,
): Promise<readonly StoredEvent[]> => {
  const events = await store.readEvents(orderId, Math.min(after, mostVersion), limit);
  if (events.length > 0) return events;
  const first = after === 0 ? events : await store.readEvents(orderId, 0, 1);
  if (first.length === 0) throw orderNotFound();
  return events;
};
