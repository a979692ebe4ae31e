const firstMs = 500;
const longestMs = 15_000;
/** A part that ran for this long after a restart is forgiven, unless a stack is told otherwise. */
const usuallyForgivenAfterMs = 60_000;

/** How long to wait before a part that died is started again: 0.5 s, twice that each time, at most 15 s. */
export const restartDelayMs = (deathsInARow: number): number =>
  Math.min(longestMs, firstMs * 2 ** Math.max(0, deathsInARow - 1));

/** Deaths in a row, after one more that came `ranForMs` after the last start. */
export const countDeath = (
  deathsInARow: number,
  ranForMs: number,
  forgivenAfterMs: number = usuallyForgivenAfterMs,
): number => (ranForMs >= forgivenAfterMs ? 1 : deathsInARow + 1);
