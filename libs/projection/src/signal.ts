/** Something that happens now and then, and that others wait for. */
export type Signal = {
  fire(): void;
  /** Resolves when it next fires, or after `ms`. */
  next(ms: number): Promise<void>;
};

export const createSignal = (): Signal => {
  let waiting = new Set<() => void>();
  return {
    fire: () => {
      const woken = waiting;
      waiting = new Set();
      for (const wake of woken) wake();
    },
    next: (ms) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
      }),
  };
};
