/** Records that have no effect by themselves, as one instance has met them in one feed since it started. */
export type PassedOver = {
  /** `main`, or of a generation with a consumer of its own: one that is filled meets them all again. */
  readonly feed: string;
  readonly why: 'no_value' | 'unknown_type';
  readonly records: number;
};

export type PassedOverTally = {
  add(more: PassedOver): void;
  list(): readonly PassedOver[];
};

export const createPassedOverTally = (): PassedOverTally => {
  const tally = new Map<string, PassedOver>();
  return {
    add: (more) => {
      const key = `${more.feed}/${more.why}`;
      tally.set(key, { ...more, records: more.records + (tally.get(key)?.records ?? 0) });
    },
    list: () => [...tally.values()],
  };
};
