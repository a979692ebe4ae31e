import type { Loss } from '../losses/losses.ts';
import type { Observation } from './observation.ts';

/**
 * Whether the slot, as it is now, leaves out something that was not delivered. The slot has to be read before what was
 * delivered: the connector confirms to it only what Connect has kept before.
 */
export const findLoss = ({ slot, delivered }: Pick<Observation, 'slot' | 'delivered'>): Loss | undefined => {
  if (slot === 'unknown') return undefined;
  const { position: after, at: afterTime } = delivered ?? { position: null, at: null };
  if (slot === 'missing') return { kind: 'missing', after, afterTime, until: null };
  if (slot.invalidation !== null) return { kind: 'invalidated', after, afterTime, until: null };
  const isAhead = after !== null && slot.confirmed !== null && slot.confirmed > after;
  return isAhead ? { kind: 'advanced', after, afterTime, until: slot.confirmed } : undefined;
};
