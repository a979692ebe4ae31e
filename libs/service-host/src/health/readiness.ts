/** Resolves when the part is usable; throws with the reason when it is not. */
export type ReadinessCheck = () => void | Promise<void>;

export type ReadinessReport = {
  ready: boolean;
  checks: { name: string; ready: boolean; reason?: string }[];
};

const checkTimeoutMs = 2_000;

/** The parts a service needs to do its work, each asked whenever readiness is. */
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();
  private draining = false;

  /** Adds a check; a check that takes over 2 s counts as failed. */
  register(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  /** From now on the service is not ready: it is going away. */
  drain(): void {
    this.draining = true;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /** Asks every part at once. */
  async report(): Promise<ReadinessReport> {
    const checks = await Promise.all([...this.checks].map(async ([name, check]) => ({ name, ...(await ask(check)) })));
    if (this.draining) checks.push({ name: 'running', ready: false, reason: 'the service is stopping' });
    return { ready: checks.every(({ ready }) => ready), checks };
  }
}

const ask = async (check: ReadinessCheck): Promise<{ ready: boolean; reason?: string }> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer within ${checkTimeoutMs} ms`));
  }, checkTimeoutMs);
  try {
    await Promise.race([Promise.resolve().then(check), late]);
    return { ready: true };
  } catch (error) {
    return { ready: false, reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
};

/** A refused connection to a name with several addresses is an AggregateError with an empty message. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error && error.message !== '' ? error.message : 'it is away';
};
