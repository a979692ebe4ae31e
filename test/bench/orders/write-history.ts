import type { EventStore, NewEvent } from '@orderline/event-store';
import { decide, evolve, stateFingerprint, type Order } from '@orderline/ordering';
import { lifeOf } from './life.ts';
import { toNewEvent } from './stored-form.ts';

const mostPerAppend = 100;

/** Stores a whole life of so many events, with one snapshot of its state at version `snapshotAt`. */
export const writeHistory = async (
  store: EventStore,
  orderId: string,
  events: number,
  snapshotAt: number,
): Promise<void> => {
  let order: Order | undefined;
  let waiting: NewEvent[] = [];
  for (const [index, command] of lifeOf(events).entries()) {
    const version = index + 1;
    for (const event of decide(command, order)) {
      order = evolve(order, event);
      waiting.push(toNewEvent(event, orderId, version, order));
    }
    const snapshot = version === snapshotAt && order && { fingerprint: stateFingerprint, state: order };
    if (waiting.length < mostPerAppend && version < events && !snapshot) continue;
    const expectedVersion = version - waiting.length;
    await store.append({ orderId, expectedVersion, events: waiting, ...(snapshot && { snapshot }) });
    waiting = [];
  }
};
