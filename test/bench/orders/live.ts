import type { AppendRequest, EventStore } from '@orderline/event-store';
import { decide, evolve, stateFingerprint, type Order, type OrderCommand } from '@orderline/ordering';
import { fold, toNewEvent } from './stored-form.ts';

/** Whether an append is to write a snapshot: by the versions and the states before and after it. */
export type SnapshotRule = (versions: [before: number, after: number], states: [Order | undefined, Order]) => boolean;

export const never: SnapshotRule = () => false;
export const every =
  (versions: number): SnapshotRule =>
  ([before, after]) =>
    Math.floor(after / versions) > Math.floor(before / versions);
export const onChangeOfStatus: SnapshotRule = (_, [before, after]) =>
  before !== undefined && before.status !== after.status;

/**
 * Lives an order as order-command does: before each command the order is loaded and folded, then the command is decided and
 * its events appended, with a snapshot when the rule says so. Answers with the characters of all snapshots written.
 */
export const live = async (
  store: EventStore,
  orderId: string,
  commands: readonly OrderCommand[],
  rule: SnapshotRule,
): Promise<number> => {
  let characters = 0;
  for (const command of commands) {
    const stream =
      command.type === 'CreateOrder' ? undefined : await store.load(orderId, { snapshotFingerprint: stateFingerprint });
    const request = decided(command, orderId, { version: stream?.version ?? 0, order: stream && fold(stream) }, rule);
    characters += request.snapshot === undefined ? 0 : JSON.stringify(request.snapshot.state).length;
    await store.append(request);
  }
  return characters;
};

type Before = { version: number; order: Order | undefined };

const decided = (command: OrderCommand, orderId: string, before: Before, rule: SnapshotRule): AppendRequest => {
  const decisions = decide(command, before.order);
  const order = decisions.reduce<Order | undefined>(evolve, before.order);
  if (order === undefined || decisions.length === 0) throw new Error(`${command.type} decided nothing`);
  const version = before.version + decisions.length;
  const due = rule([before.version, version], [before.order, order]);
  return {
    orderId,
    expectedVersion: before.version,
    events: decisions.map((event, index) => toNewEvent(event, orderId, before.version + index + 1, order)),
    ...(due && { snapshot: { fingerprint: stateFingerprint, state: order } }),
  };
};
