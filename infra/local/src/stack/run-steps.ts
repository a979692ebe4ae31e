/** A piece of a start: it runs as soon as those it comes after are done. */
export type Step = {
  readonly title: string;
  readonly after: readonly string[];
  /** Answers with a word on how it went, for the display. */
  readonly run: (signal: AbortSignal) => Promise<string | undefined>;
};

export type StepReport = { readonly step: string; readonly title: string } & (
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'done'; readonly detail: string | undefined; readonly seconds: number }
  | { readonly state: 'failed'; readonly error: unknown }
);

/**
 * Runs steps side by side as far as their order allows. The first failure (or `signal`) calls off the others, and is thrown
 * when all of them have ended: nothing goes on behind the caller's back.
 */
export const runSteps = async (
  steps: Readonly<Record<string, Step>>,
  report: (report: StepReport) => void,
  signal: AbortSignal,
): Promise<void> => {
  const calledOff = new AbortController();
  const either = AbortSignal.any([signal, calledOff.signal]);
  const running = new Map<string, Promise<void>>();

  const runStep = async (name: string, step: Step): Promise<void> => {
    await Promise.all(step.after.map((earlier) => promiseOf(earlier)));
    either.throwIfAborted();
    report({ step: name, title: step.title, state: 'running' });
    const begun = performance.now();
    try {
      const detail = await step.run(either);
      report({ step: name, title: step.title, state: 'done', detail, seconds: (performance.now() - begun) / 1_000 });
    } catch (error) {
      if (!either.aborted) report({ step: name, title: step.title, state: 'failed', error });
      calledOff.abort(error);
      throw error;
    }
  };
  const promiseOf = (name: string): Promise<void> => {
    const step = steps[name];
    if (step === undefined) throw new Error(`no step is named ${name}`);
    const known = running.get(name);
    if (known !== undefined) return known;
    const started = runStep(name, step);
    running.set(name, started);
    return started;
  };

  for (const [name, { title }] of Object.entries(steps)) report({ step: name, title, state: 'waiting' });
  await Promise.allSettled(Object.keys(steps).map(promiseOf));
  either.throwIfAborted();
};
