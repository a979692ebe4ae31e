import { expect } from 'vitest';
import { urlOf, type ProjectorName } from '../invariants/projectors.ts';

const sample = /^orderline_projection_passed_over_records_total\{(?=[^}]*why="unknown_type")[^}]*\} (\d+)/gmu;

/** Records of an unknown event type that a projector of the stack has counted since it started. */
export const unknownTypesMet = async (name: ProjectorName): Promise<number> => {
  const answer = await fetch(`${urlOf(name)}/metrics`);
  expect(answer.status).toBe(200);
  const counts = [...(await answer.text()).matchAll(sample)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
};
