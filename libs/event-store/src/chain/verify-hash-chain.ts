import { createHash } from 'node:crypto';
import type { ChainedEvent } from './read-chain.ts';

export type ChainFault = {
  readonly orderId: string;
  readonly version: number;
  /** `missing`: no event has this version although a later one is there · `altered`: its columns do not give its hash. */
  readonly fault: 'missing' | 'altered';
};

const BEFORE_THE_FIRST = Buffer.alloc(32);

/**
 * Checks the events of one order, oldest first, against their hashes, and names every version at fault. The form that is
 * hashed is that of the SQL function `event_hash`, computed here a second time. What it cannot see: events cut off at the
 * end, and a whole chain computed anew by the tables' owner; compare with the topic for those.
 */
export const verifyHashChain = (events: readonly ChainedEvent[]): ChainFault[] => {
  const faults: ChainFault[] = [];
  let previous: { version: number; hash: Buffer } = { version: 0, hash: BEFORE_THE_FIRST };
  for (const event of events) {
    const { orderId, version } = event;
    for (let missing = previous.version + 1; missing < version; missing += 1) {
      faults.push({ orderId, version: missing, fault: 'missing' });
    }
    // Without its predecessor an event's hash cannot be told from a false one.
    const followsOn = version === previous.version + 1;
    if (followsOn && !hashOf(previous.hash, event).equals(event.hash))
      faults.push({ orderId, version, fault: 'altered' });
    previous = event;
  }
  return faults;
};

const hashOf = (previous: Buffer, event: ChainedEvent): Buffer => {
  const { orderId, version, eventId, type, schemaVersion, recordedAt, data, metadata } = event;
  const form = [orderId, version, eventId, type, schemaVersion, recordedAt, data, metadata].join('\n');
  return createHash('sha256').update(previous).update(form).digest();
};
