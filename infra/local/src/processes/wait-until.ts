import { setTimeout as pause } from 'node:timers/promises';

type Patience = { readonly withinMs: number; readonly everyMs?: number; readonly signal?: AbortSignal };

/** Asks until the answer is true; false when it never was within `withinMs`. An aborted `signal` throws its reason. */
export const waitUntil = async (ask: () => boolean | Promise<boolean>, patience: Patience): Promise<boolean> => {
  const deadline = performance.now() + patience.withinMs;
  for (;;) {
    patience.signal?.throwIfAborted();
    if (await ask()) return true;
    if (performance.now() >= deadline) return false;
    await pause(patience.everyMs ?? 50);
  }
};
