import type { Loss } from '../losses/losses.ts';
import type { Observation } from './observation.ts';

/**
 * Whether the slot, as it is now, leaves out something that was not delivered. The slot has to be read before what was
 * delivered: the connector confirms to it only what Connect has kept before. What Connect said earlier tells from where
 * something is missing, but not whether the slot is ahead: both go on while it does not answer.
 */
export const findLoss = (seen: Pick<Observation, 'slot' | 'delivered' | 'lastDelivered'>): Loss | undefined => {
  const { slot, delivered, lastDelivered } = seen;
  if (slot === 'unknown') return undefined;
  const { position: after, at: afterTime } = delivered ?? lastDelivered ?? { position: null, at: null };
  if (slot === 'missing') return { kind: 'missing', after, afterTime, until: null };
  if (slot.invalidation !== null) return { kind: 'invalidated', after, afterTime, until: null };
  const isAhead = delivered !== undefined && slot.confirmed !== null && slot.confirmed > delivered.position;
  return isAhead ? { kind: 'advanced', after, afterTime, until: slot.confirmed } : undefined;
};
