/** When a connector in trouble is due for a restart. Times in milliseconds of one clock. */
export type RestartPace = {
  /** Told at every look how long the trouble may last (null: there is none); true when a restart is due now. */
  readonly isDue: (now: number, restartAfterMs: number | null) => boolean;
  /** Undefined without trouble. */
  readonly dueAt: () => number | undefined;
};

const firstMs = 2_000;
const mostMs = 60_000;
/** After so long without trouble it is told as new. */
const wellAfterMs = 60_000;

/** Restarts stand at least 2 s, 4 s, 8 s … up to a minute apart. */
export const createRestartPace = (): RestartPace => {
  let restarts = 0;
  let restartedAt = Number.NEGATIVE_INFINITY;
  let since: number | undefined;
  let dueAt: number | undefined;
  return {
    isDue: (now, restartAfterMs) => {
      if (restartAfterMs === null) {
        since = dueAt = undefined;
        if (now - restartedAt > wellAfterMs) restarts = 0;
        return false;
      }
      since ??= now;
      dueAt = Math.max(since + restartAfterMs, restartedAt + Math.min(firstMs * 2 ** (restarts - 1), mostMs));
      if (now < dueAt) return false;
      restarts += 1;
      restartedAt = now;
      since = dueAt = undefined;
      return true;
    },
    dueAt: () => dueAt,
  };
};
