import type { BreakingChange } from '@orderline/contracts/governance';
import type { FieldsRead } from './fields-read.ts';

export type Reader = { readonly app: string; readonly projection: string; readonly reads: FieldsRead };

/** Who in this repository fails by a breaking change. */
export type Impact = {
  /** Apps that can no longer decode the event: each parks the orders that have it. */
  readonly apps: readonly string[];
  /** Projections that use what changed, as `app/projection`. */
  readonly projections: readonly string[];
};

const touches = (read: string, changed: string): boolean =>
  read === changed || [`${changed}.`, `${changed}[`].some((start) => read.startsWith(start));

/**
 * A record is decoded whole, so a change that the codec refuses fails every projector of the topic, whatever it reads;
 * a silent one only those that read the field.
 */
export const impactOf = (change: BreakingChange, readers: readonly Reader[]): Impact => {
  const using = readers.filter(({ reads }) =>
    [...(reads.get(change.type) ?? [])].some((read) => change.path === '' || touches(read, change.path)),
  );
  return {
    apps: change.silent ? [] : [...new Set(readers.map(({ app }) => app))],
    projections: using.map(({ app, projection }) => `${app}/${projection}`),
  };
};
