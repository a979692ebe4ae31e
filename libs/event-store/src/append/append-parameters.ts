import type { AppendRequest } from '../append-request.ts';
import { binaryArray, bytea, integer, jsonb, text, uuid } from './binary-array.ts';

/** The append statement's parameters for requests of different orders and, where they have receipts, different keys. */
export const appendParameters = (requests: readonly AppendRequest[]): Buffer[] => {
  const events = requests.flatMap(({ orderId, expectedVersion, events }) =>
    events.map((event, index) => ({ ...event, orderId, version: expectedVersion + index + 1, nth: index + 1 })),
  );
  const receipts = requests.flatMap((request) =>
    request.receipt === undefined ? [] : [{ ...request.receipt, ...endOf(request) }],
  );
  const snapshots = requests.flatMap((request) =>
    request.snapshot === undefined ? [] : [{ ...request.snapshot, ...endOf(request) }],
  );
  return [
    binaryArray(uuid, events, ({ orderId }) => orderId),
    binaryArray(integer, events, ({ version }) => version),
    binaryArray(integer, events, ({ nth }) => nth),
    binaryArray(uuid, events, ({ eventId }) => eventId),
    binaryArray(text, events, ({ type }) => type),
    binaryArray(integer, events, ({ schemaVersion }) => schemaVersion),
    binaryArray(jsonb, events, ({ data }) => data),
    binaryArray(jsonb, events, ({ metadata }) => metadata),
    binaryArray(bytea, events, ({ outbox }) => outbox.payload),
    binaryArray(text, events, ({ outbox }) => outbox.ceType),
    binaryArray(uuid, receipts, ({ orderId }) => orderId),
    binaryArray(integer, receipts, ({ version }) => version),
    binaryArray(text, receipts, ({ key }) => key),
    binaryArray(text, receipts, ({ fingerprint }) => fingerprint),
    binaryArray(integer, receipts, ({ status }) => status),
    binaryArray(uuid, snapshots, ({ orderId }) => orderId),
    binaryArray(integer, snapshots, ({ version }) => version),
    binaryArray(text, snapshots, ({ fingerprint }) => fingerprint),
    binaryArray(jsonb, snapshots, ({ state }) => state),
  ];
};

/** Receipt and snapshot are of the order's version after the append. */
const endOf = ({ orderId, expectedVersion, events }: AppendRequest): { orderId: string; version: number } => ({
  orderId,
  version: expectedVersion + events.length,
});
