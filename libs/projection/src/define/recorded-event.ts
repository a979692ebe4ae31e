import type { ContractEvent } from '@orderline/contracts';

/** A contract event and when the database recorded it: UTC epoch milliseconds, strictly increasing within an order. */
export type Recorded<E extends ContractEvent = ContractEvent> = E & { readonly recordedAt: number };

export type EventType = ContractEvent['type'];
export type EventOf<T extends EventType> = Recorded<Extract<ContractEvent, { type: T }>>;
