import { topicName, type SchemaIds } from '@orderline/contracts';
import type { AppendOutcome, AppendRequest, EventStore, Receipt } from '@orderline/event-store';
import { evolve, type Order, type OrderEvent } from '@orderline/ordering';
import { traced, type Piece, type Work } from '@orderline/service-host';
import { toNewEvents } from '../publishing/to-new-events.ts';
import type { OrderAtVersion } from '../reading/order-at-version.ts';
import { snapshotFingerprint } from '../reading/snapshot-fingerprint.ts';
import type { CommandMetrics } from './command-metrics.ts';
import type { CommandRequest } from './command-request.ts';

export type AppendParts = {
  store: EventStore;
  schemaIds: SchemaIds;
  newEventId: () => string;
  metrics: CommandMetrics;
  /** A snapshot is written with an append that crosses a multiple of this version. */
  snapshotEvery: number;
};

/** What was decided on an order; `before` is undefined where the order is made. */
export type Decision = { before: OrderAtVersion | undefined; events: readonly OrderEvent[] };

/**
 * Appends decided events, one or more, with their records, and with the receipt and the snapshot that are due. The order
 * after them, or the receipt of an earlier use of the key. Throws StreamVersionConflict and EventStoreError.
 */
export const appendDecided = async (
  parts: AppendParts,
  request: CommandRequest,
  decision: Decision,
): Promise<OrderAtVersion | Receipt> => {
  const { before } = decision;
  const order = stateAfter(decision);
  const began = performance.now();
  const append = (part: Work | undefined): Promise<AppendOutcome> =>
    parts.store.append(appendRequest(parts, partOf(request, part), { ...decision, order }));
  const result = await traced(request.trace, appendPiece(request.orderId, decision), append);
  if (result.outcome === 'receipt_exists') return result.receipt;
  parts.metrics.appended(result.recordedAt.length, performance.now() - began);
  const [first = 0] = result.recordedAt;
  const createdAt = before?.createdAt ?? first;
  return {
    orderId: request.orderId,
    version: result.version,
    order,
    createdAt,
    updatedAt: result.recordedAt.at(-1) ?? first,
  };
};

const appendPiece = (orderId: string, { events }: Decision): Piece => ({
  name: `append ${topicName}`,
  kind: 'producer',
  attributes: {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'create',
    'messaging.destination.name': topicName,
    'orderline.order_id': orderId,
    'orderline.event_types': events.map(({ type }) => type).join(' '),
  },
});

/** What is appended belongs to the append in the trace, and whoever reads it goes on from there. */
const partOf = (request: CommandRequest, part: Work | undefined): CommandRequest =>
  part === undefined ? request : { ...request, origin: { ...request.origin, traceparent: part.traceparent } };

const stateAfter = ({ before, events }: Decision): Order => {
  let order = before?.order;
  for (const event of events) order = evolve(order, event);
  if (order === undefined) throw new Error('nothing was decided on no order');
  return order;
};

const appendRequest = (
  { schemaIds, newEventId, snapshotEvery }: AppendParts,
  { orderId, origin, key, status }: CommandRequest,
  { before, events, order }: Decision & { order: Order },
): AppendRequest => {
  const version = before?.version ?? 0;
  const crossed = Math.floor((version + events.length) / snapshotEvery) > Math.floor(version / snapshotEvery);
  return {
    orderId,
    expectedVersion: version,
    events: toNewEvents(events, { orderId, version, order, origin }, { schemaIds, newEventId }),
    ...(key && { receipt: { ...key, status } }),
    ...(crossed && { snapshot: { fingerprint: snapshotFingerprint, state: order } }),
  };
};
