import type { AppendRequest, NewReceipt, NewSnapshot } from '../append-request.ts';
import type { AppendExtent } from './append-statement.ts';
import { binaryArray, bytea, integer, jsonb, text, uuid } from './binary-array.ts';

/** The append statement's parameters for requests of different orders and, where they have receipts, different keys. */
export const appendParameters = (requests: readonly AppendRequest[]): { extent: AppendExtent; values: Buffer[] } => {
  const events = requests.flatMap(({ orderId, expectedVersion, events }) =>
    events.map((event, index) => ({ ...event, orderId, version: expectedVersion + index + 1, nth: index + 1 })),
  );
  const receipts = requests.flatMap((request) =>
    request.receipt === undefined ? [] : [{ ...request.receipt, ...endOf(request) }],
  );
  const snapshots = requests.flatMap((request) =>
    request.snapshot === undefined ? [] : [{ ...request.snapshot, ...endOf(request) }],
  );
  const extent = {
    several: events.length > requests.length,
    receipts: receipts.length > 0,
    snapshots: snapshots.length > 0,
  };
  const values = [
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
  ];
  if (extent.receipts) values.push(...receiptParameters(receipts));
  if (extent.snapshots) values.push(...snapshotParameters(snapshots));
  return { extent, values };
};

const receiptParameters = (receipts: readonly (NewReceipt & End)[]): Buffer[] => [
  binaryArray(uuid, receipts, ({ orderId }) => orderId),
  binaryArray(integer, receipts, ({ version }) => version),
  binaryArray(text, receipts, ({ key }) => key),
  binaryArray(text, receipts, ({ fingerprint }) => fingerprint),
  binaryArray(integer, receipts, ({ status }) => status),
];

const snapshotParameters = (snapshots: readonly (NewSnapshot & End)[]): Buffer[] => [
  binaryArray(uuid, snapshots, ({ orderId }) => orderId),
  binaryArray(integer, snapshots, ({ version }) => version),
  binaryArray(text, snapshots, ({ fingerprint }) => fingerprint),
  binaryArray(jsonb, snapshots, ({ state }) => state),
];

type End = { readonly orderId: string; readonly version: number };

/** Receipt and snapshot are of the order's version after the append. */
const endOf = ({ orderId, expectedVersion, events }: AppendRequest): End => ({
  orderId,
  version: expectedVersion + events.length,
});
