import { writeSide } from '../inspect/write-side.ts';
import type { WrittenOrder } from './read-models/read-model.ts';

/**
 * Asks every read route of the write side about an order: its history has no gap, its first version is a created order,
 * its state at the instant of its last event is the state now, and its timeline has a line per event. One line per fault.
 */
export const checkHistory = async (order: WrittenOrder, commandUrl: string): Promise<string[]> => {
  const side = writeSide(commandUrl);
  const { orderId, version, updatedAt } = order;
  const [events, first, last, timeline] = await Promise.all([
    side.history(orderId),
    side.stateAt(orderId, { version: 1 }),
    side.stateAt(orderId, { at: updatedAt }),
    side.timeline(orderId),
  ]);
  const gapless = events.length === version && events.every((event, index) => event.version === index + 1);
  const faults = [
    !gapless && `history has versions ${events.map((event) => event.version).join(',')} up to ${version}`,
    first.status !== 'Created' && `was ${first.status} at version 1`,
    JSON.stringify(last) !== JSON.stringify(order) && `state at ${updatedAt} is not the state now`,
    timeline.trimEnd().split('\n').length !== version && `timeline has not ${version} lines`,
  ];
  return faults.filter((fault) => fault !== false).map((fault) => `${orderId} ${fault}`);
};
