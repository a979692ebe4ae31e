import { encodeEvent, type ContractEvent, type SchemaIds } from '@orderline/contracts';
import type { OutboxMessage } from '@orderline/event-store';
import { RequestRefused } from '@orderline/service-host';

/** What the relay and the outbox carry at most. */
const mostPayloadBytes = 256 * 1024;

/** A record as the outbox has it. Throws 413 for one that the relay cannot carry. */
export const toMessage = (record: ContractEvent, schemaIds: SchemaIds): OutboxMessage => ({
  payload: relayable(encodeEvent(record, schemaIds)),
  ceType: `orderline.orders.${record.type}`,
});

const relayable = (payload: Buffer): Buffer => {
  if (payload.length <= mostPayloadBytes) return payload;
  throw new RequestRefused(413, 'body_too_large', {
    detail: `What the command would record takes ${payload.length} bytes; ${mostPayloadBytes} can be published.`,
  });
};
