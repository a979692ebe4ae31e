import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

export type Clock = { readonly chance: () => number; readonly rate: () => number; readonly isOver: () => boolean };

/** After so long a change of the rate counts for a command that is not due yet. */
const lookAgainMs = 50;
/** Where commands are late, answers are let in after so many. */
const mostAtOnce = 64;

/**
 * The instants (as of `performance.now`) at which commands fall due, each once it has come: exponential gaps around the rate,
 * drawn beforehand, so that no answer has a say in them. What could not be yielded in time is yielded at once, as of then.
 */
export async function* dueInstants({ chance, rate, isOver }: Clock): AsyncGenerator<number> {
  let dueAt = performance.now();
  let owed = 0;
  let atOnce = 0;
  while (!isOver()) {
    const gapMs = (owed * 1_000) / rate();
    const isNext = gapMs <= lookAgainMs;
    dueAt += isNext ? gapMs : lookAgainMs;
    owed -= isNext ? owed : (lookAgainMs * rate()) / 1_000;
    const earlyMs = dueAt - performance.now();
    if (earlyMs > 0) await pause(earlyMs);
    else if (++atOnce % mostAtOnce === 0) await nextTurn();
    if (!isNext) continue;
    if (isOver()) return;
    yield dueAt;
    owed = -Math.log(1 - chance());
  }
}
