/** A partition of a generation where records wait, and how far it has come. */
export type Waiting = ReadonlyMap<string, bigint>;
export type StuckSince = ReadonlyMap<string, { readonly position: bigint; readonly at: number }>;

/** Since when each waiting place has not moved; places that moved or have nothing waiting start anew. Times in ms. */
export const observe = (before: StuckSince, waiting: Waiting, now: number): StuckSince =>
  new Map(
    [...waiting].map(([place, position]) => {
      const earlier = before.get(place);
      return [place, earlier?.position === position ? earlier : { position, at: now }];
    }),
  );

/** Longest time in ms that records have waited at one place without anything moving. */
export const longestStuck = (since: StuckSince, now: number): number =>
  Math.max(0, ...[...since.values()].map(({ at }) => now - at));
