const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The reason of an abort that a person, or whatever started this process, asked for. */
export class ToldToStop extends Error {
  constructor(by: string) {
    super(`told to stop by ${by}`);
  }
}

/**
 * Aborts once when this process is told to end: Ctrl-C, a signal, or the command that started it being gone. Said again, it
 * changes nothing: what has been started is still being stopped in order.
 */
export const toldToStop = (): AbortSignal => {
  const told = new AbortController();
  for (const signal of signals) process.on(signal, () => told.abort(new ToldToStop(signal)));
  process.on('disconnect', () => told.abort(new ToldToStop('the end of the command that started this')));
  process.channel?.unref(); // listening on the channel must not keep a finished command alive
  return told.signal;
};

/** Resolves when `signal` aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // A listener alone does not keep the process alive.
    const awake = setInterval(() => undefined, 1 << 30);
    const wake = (): void => {
      clearInterval(awake);
      resolve();
    };
    if (signal.aborted) wake();
    else signal.addEventListener('abort', wake);
  });
