/** What a probe last saw; `at` is when it was asked for, epoch milliseconds. */
export type Seen<T> = { readonly at: number } & ({ readonly value: T } | { readonly error: unknown });

/** Looks at one thing now and then, never twice at once, and remembers what it saw. */
export type Probe<T> = {
  /** Looks where the last look is `everyMs` old; resolves when no look is under way. Never rejects. */
  look(): Promise<void>;
  last(): Seen<T> | undefined;
  /** The value of the last look that did not fail, however old. */
  value(): T | undefined;
};

export const createProbe = <T>(ask: () => Promise<T>, everyMs: number): Probe<T> => {
  let last: Seen<T> | undefined;
  let value: T | undefined;
  let underWay: Promise<void> | undefined;
  const askNow = async (at: number): Promise<void> => {
    try {
      value = await ask();
      last = { at, value };
    } catch (error) {
      last = { at, error };
    } finally {
      underWay = undefined;
    }
  };
  return {
    look: async () => {
      const at = Date.now();
      // A timer may come a little early.
      if (last === undefined || at - last.at >= everyMs - 50) underWay ??= askNow(at);
      await underWay;
    },
    last: () => last,
    value: () => value,
  };
};
