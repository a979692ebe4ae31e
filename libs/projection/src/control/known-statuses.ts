import type { ProjectionStatus } from '../status.ts';

/** As of `at`, epoch milliseconds. */
export type KnownStatuses = { readonly statuses: readonly ProjectionStatus[]; readonly at: number };

const PATIENCE_MS = 500;

/**
 * The statuses as they are now, or, where they cannot be had within half a second, as they were when they last could be.
 * Undefined before they ever were. All who ask at once share one question.
 */
export const knownStatuses = (
  ask: () => Promise<readonly ProjectionStatus[]>,
): (() => Promise<KnownStatuses | undefined>) => {
  let known: KnownStatuses | undefined;
  let asking: Promise<void> | undefined;
  const askAnew = async (): Promise<void> => {
    try {
      known = { statuses: await ask(), at: Date.now() };
    } catch {
      return; // how old the known ones are tells it
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    asking ??= askAnew();
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(resolve, PATIENCE_MS, undefined);
    await Promise.race([asking, late]);
    clearTimeout(timer);
    return known;
  };
};
