import type { Stack } from '@orderline/local-stack';
import { cpuSeconds, megabytesOf } from '../process-usage.ts';

/** A stack that a benchmark looks at from outside. */
export type StackUnderLoad = {
  readonly commandUrl: string;
  /** Of the apps that have projections. */
  readonly projectorUrls: readonly string[];
  /** By the name of the part or app, as they are now. */
  readonly processes: () => ProcessIds;
};

export type ProcessIds = Readonly<Record<string, number>>;
/** A figure for each process, by its name. */
export type PerProcess = Readonly<Record<string, number>>;

export const allOfIt = 'all of the stack';

/** The figures of the processes after what they come to together. */
export const withSum = (figures: PerProcess): PerProcess => ({
  [allOfIt]: Object.values(figures).reduce((sum, figure) => sum + figure, 0),
  ...figures,
});

const projectors = ['order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'];

export const underLoad = (stack: Stack): StackUnderLoad => ({
  commandUrl: stack.urls['order-command'] ?? '',
  projectorUrls: projectors.flatMap((name) => stack.urls[name] ?? []),
  processes: () => Object.fromEntries(stack.parts().map(({ name, pid }) => [name, pid ?? Number.NaN])),
});

/** CPU seconds that each has taken while `work` ran, PostgreSQL with all of its backends. Throws when one was started anew. */
export const cpuWhile = async <Answer>(
  { processes }: StackUnderLoad,
  work: () => Promise<Answer>,
): Promise<{ cpu: PerProcess; answer: Answer; seconds: number }> => {
  const ids = processes();
  const [before, began] = [perProcess(ids, cpuSeconds), performance.now()];
  const answer = await work();
  const seconds = (performance.now() - began) / 1_000;
  const after = perProcess(ids, cpuSeconds);
  for (const [name, id] of Object.entries(processes())) {
    if (ids[name] !== id) throw new Error(`${name} was started anew while it was measured`);
  }
  const cpu = Object.fromEntries(Object.keys(ids).map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
  return { cpu, answer, seconds };
};

export const memoryOf = ({ processes }: StackUnderLoad): PerProcess => perProcess(processes(), megabytesOf);

const perProcess = (ids: ProcessIds, of: (pid: number) => number): PerProcess =>
  Object.fromEntries(Object.entries(ids).map(([name, pid]) => [name, of(pid)]));

/** Events that are on the topic and not yet in a read model, over all projections. */
export const lagOf = async ({ projectorUrls }: StackUnderLoad): Promise<number> => {
  const lags = projectorUrls.map(async (url) => {
    const { projections } = (await (await fetch(`${url}/projections`)).json()) as {
      projections: { lagEvents: number }[];
    };
    return projections.reduce((sum, { lagEvents }) => sum + lagEvents, 0);
  });
  return (await Promise.all(lags)).reduce((sum, lag) => sum + lag, 0);
};
