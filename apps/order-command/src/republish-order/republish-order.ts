import type { SchemaIds } from '@orderline/contracts';
import type { EventStore } from '@orderline/event-store';
import { RequestRefused } from '@orderline/service-host';
import { orderNotFound } from '../http/refusal.ts';
import { ownerOf, storedToMessage } from '../publishing/stored-to-message.ts';

type Wanted = { readonly orderId: string; readonly fromVersion: number; readonly dryRun: boolean };

/** What was sent again, or would be. */
export type RepublishedOrder = Wanted & { readonly toVersion: number; readonly records: number };

/**
 * Sends an order's events from `fromVersion` to its head to the topic again. Throws 404 `order_not_found`, `version_not_found`,
 * StreamVersionConflict when commands keep moving the head, and ContractError for a history this build does not know.
 */
export const republishOrder = async (
  { store, schemaIds }: { store: EventStore; schemaIds: SchemaIds },
  { orderId, fromVersion, dryRun }: Wanted,
): Promise<RepublishedOrder> => {
  const [first] = await store.readEvents(orderId, 0, 1);
  if (first === undefined) throw orderNotFound();
  const owner = ownerOf(first);
  const { toVersion, records } = await store.republish({
    orderId,
    fromVersion,
    dryRun,
    message: (stored) => storedToMessage(stored, owner, schemaIds),
  });
  if (records === 0) {
    const detail = `The order is at version ${toVersion}.`;
    throw new RequestRefused(404, 'version_not_found', { detail, members: { currentVersion: toVersion } });
  }
  return { orderId, fromVersion, toVersion, records, dryRun };
};
