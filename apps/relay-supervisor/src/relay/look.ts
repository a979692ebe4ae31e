import type { Connect, Delivered } from '../connect/connect.ts';
import type { Observation } from '../judging/observation.ts';
import type { Losses } from '../losses/losses.ts';
import type { Slot } from '../slot/slot.ts';
import type { TopicEnd } from '../topic/topic-end.ts';
import { within } from './within.ts';

export type RelayParts = {
  readonly connect: Connect;
  readonly slot: Slot;
  readonly losses: Losses;
  readonly heartbeats: TopicEnd;
  readonly records: TopicEnd;
};

const patienceMs = 4_000;

/** One look at everything after one that knew `before`, none of it waited for longer than 4 s: whatever is frozen, the rest is told in time. */
export const look = async (
  { connect, slot, losses, heartbeats, records }: RelayParts,
  before: Delivered | undefined,
): Promise<Observation> => {
  // The slot before what was delivered: see findLoss.
  const [slotNow, loss] = await within<[Observation['slot'], Observation['loss']]>(
    patienceMs,
    Promise.all([slot.read().then((found) => found ?? 'missing'), losses.open()]),
    ['unknown', undefined],
  );
  const [status, delivered] = await Promise.all([
    connect.status(),
    connect.delivered(),
    within(patienceMs, heartbeats.look(), undefined),
    within(patienceMs, records.look(), undefined),
  ]);
  return {
    at: Date.now(),
    ...{ status, delivered, slot: slotNow, loss, lastDelivered: delivered ?? before },
    lastHeartbeatAt: heartbeats.lastAt(),
    lastRecordAt: records.lastAt(),
    topicEnd: records.end(),
  };
};
