import type { Queryable } from '@orderline/postgres';
import type { Projection } from '../define/projection.ts';
import type { Recorded } from '../define/recorded-event.ts';
import { discardedAmong } from '../store/discarded-records.ts';
import { loadGates, saveGates } from '../store/order-gates.ts';
import { saveParked, type Parking } from '../store/parked-records.ts';
import type { Arrival } from './arrival.ts';
import type { Effects } from './effects.ts';
import { openFold } from './fold-rows.ts';
import { judge } from './judge.ts';
import type { OrderGate } from './order-gate.ts';
import { isUuid } from './is-uuid.ts';
import { openSums } from './sum-deltas.ts';

/** One projection's rows of one generation. */
export type Target = { readonly projection: Projection; readonly generation: number };
export type Outcome = { readonly applied: number; readonly duplicates: number; readonly parked: number };
/** With those among the parked that are the very next of an order that was parked before them: see closeGaps. */
export type Applied = Outcome & { readonly filled: readonly Arrival[] };

type Settling = {
  readonly gates: ReadonlyMap<string, OrderGate>;
  readonly effects: Effects;
  readonly parkings: Parking[];
  readonly filled: Arrival[];
  applied: number;
  duplicates: number;
};

/**
 * Applies records in their order to one generation, within the caller's transaction, which holds the checkpoints of their
 * partitions. Each event counts once; one that cannot be applied parks its order and leaves the others alone. A constant
 * number of statements, however many records.
 */
export const applyArrivals = async (
  client: Queryable,
  target: Target,
  arrivals: readonly Arrival[],
): Promise<Applied> => {
  if (arrivals.length === 0) return { applied: 0, duplicates: 0, parked: 0, filled: [] };
  const gates = await loadGates(client, target.generation, uuidsAmong(arrivals));
  const effects = await openEffects(client, target, newEvents(arrivals, gates));
  const settling: Settling = { gates, effects, parkings: [], filled: [], applied: 0, duplicates: 0 };
  for (const arrival of arrivals) settle(settling, arrival);
  // Delivered again, or met by a rebuild, a record that was discarded stays so: nothing has been written yet.
  const atFault = settling.parkings.filter(({ reason }) => reason !== null).map(({ arrival }) => arrival.record);
  const discarded = await discardedAmong(client, target.projection.name, atFault);
  if (discarded.size > 0) return applyArrivals(client, target, withoutDiscarded(arrivals, discarded));

  await effects.save();
  const changed = [...gates.values()].filter((gate) => gate.changed);
  if (changed.length > 0) await saveGates(client, target.generation, changed);
  if (settling.parkings.length > 0) await saveParked(client, target.generation, settling.parkings);
  const { applied, duplicates, parkings, filled } = settling;
  return { applied, duplicates, parked: parkings.length, filled };
};

const withoutDiscarded = (arrivals: readonly Arrival[], discarded: ReadonlySet<Arrival['record']>): Arrival[] =>
  arrivals.map((arrival) => {
    if (!discarded.has(arrival.record)) return arrival;
    const { version, eventId } = arrival.content;
    return { ...arrival, content: { kind: 'discarded', version, eventId } };
  });

const uuidsAmong = (arrivals: readonly Arrival[]): Set<string> => {
  const orderIds = new Set<string>();
  for (const { orderId } of arrivals) if (orderIds.has(orderId) || isUuid(orderId)) orderIds.add(orderId);
  return orderIds;
};

const newEvents = (arrivals: readonly Arrival[], gates: ReadonlyMap<string, OrderGate>): Recorded[] => {
  const events: Recorded[] = [];
  for (const { orderId, content } of arrivals) {
    const gate = gates.get(orderId);
    const isNew = gate !== undefined && !gate.parked && content.kind === 'event' && content.version > gate.version;
    if (isNew) events.push(content.event);
  }
  return events;
};

const openEffects = (client: Queryable, target: Target, events: readonly Recorded[]): Effects | Promise<Effects> => {
  const { projection, generation } = target;
  return projection.kind === 'fold'
    ? openFold(client, { projection, generation }, events)
    : openSums(client, { projection, generation });
};

const settle = (settling: Settling, arrival: Arrival): void => {
  const { content } = arrival;
  const gate = settling.gates.get(arrival.orderId);
  if (gate === undefined) {
    const reason = content.kind === 'unreadable' ? content.reason : 'The key is not the id of an order.';
    if (content.kind !== 'discarded') settling.parkings.push({ arrival, reason });
  } else if (content.kind === 'discarded' && !gate.parked) {
    passOver(gate, content);
  } else if (content.version === undefined || content.eventId === undefined) {
    park(settling, gate, arrival, content.kind === 'unreadable' ? content.reason : null);
  } else {
    settleInSequence(settling, gate, arrival, { version: content.version, eventId: content.eventId });
  }
};

const settleInSequence = (
  settling: Settling,
  gate: OrderGate,
  arrival: Arrival,
  place: { readonly version: number; readonly eventId: string },
): void => {
  switch (judge(gate, place)) {
    case 'duplicate':
      settling.duplicates += 1;
      return;
    case 'divergence':
      park(
        settling,
        gate,
        arrival,
        `Version ${place.version} was applied as event ${String(gate.eventId)}: this is another event.`,
      );
      return;
    case 'gap':
      park(
        settling,
        gate,
        arrival,
        `Version ${gate.version + 1} is missing: \`orderline republish\` sends it again, and the order goes on.`,
      );
      return;
    case 'queue':
      park(settling, gate, arrival, null);
      return;
    case 'next':
      applyNext(settling, gate, arrival, place);
      return;
  }
};

/** As a discard does it: counts as applied where it is the next one. */
const passOver = (gate: OrderGate, { version, eventId }: Arrival['content']): void => {
  if (version !== gate.version + 1) return;
  gate.version = version;
  gate.eventId = eventId ?? null;
  gate.changed = true;
};

const applyNext = (
  settling: Settling,
  gate: OrderGate,
  arrival: Arrival,
  { version, eventId }: { readonly version: number; readonly eventId: string },
): void => {
  const { content } = arrival;
  if (content.kind === 'unreadable') {
    park(settling, gate, arrival, content.reason);
    return;
  }
  if (content.kind === 'event') {
    try {
      settling.effects.apply(content.event, gate);
    } catch (error) {
      park(settling, gate, arrival, reasonOf(error));
      return;
    }
  }
  gate.version = version;
  gate.eventId = eventId;
  gate.changed = true;
  settling.applied += 1;
};

const park = (settling: Settling, gate: OrderGate, arrival: Arrival, reason: string | null): void => {
  settling.parkings.push({ arrival, reason: gate.parked ? null : reason });
  if (gate.parked) {
    if (arrival.content.version === gate.version + 1) settling.filled.push(arrival);
    return;
  }
  gate.parked = true;
  gate.changed = true;
};

export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1_000);
