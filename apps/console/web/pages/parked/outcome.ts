import type { Released } from '../../../src/shapes.ts';

const records = (count: number): string => (count === 1 ? '1 record' : `${count} records`);

/** One sentence on what a retry or a discard did, or would do. */
export const outcomeOf = ({ dryRun, released }: Released): string => {
  const applied = released.reduce((sum, one) => sum + one.applied, 0);
  const duplicates = released.reduce((sum, one) => sum + one.duplicates, 0);
  const parked = released.reduce((sum, one) => sum + one.parked, 0);
  const shed = duplicates === 0 ? '' : `, ${records(duplicates)} known already`;
  const stays = parked === 0 ? 'nothing stays parked' : `still parked: ${records(parked)}`;
  return `${records(applied)} ${dryRun ? 'would be applied' : 'applied'}${shed}; ${stays}.`;
};
