import type { StepReport } from '@orderline/local-stack';
import { Listr } from 'listr2';
import colours from 'picocolors';
import { howItWent, stepLine } from './step-lines.ts';

export type StepDisplay = {
  readonly onStep: (report: StepReport) => void;
  /** Something to say meanwhile; on a terminal it comes when the display is done. */
  readonly say: (line: string) => void;
  /** Resolves when the display is complete, so that what is printed next comes below it. */
  readonly end: () => Promise<void>;
};

/** Shows the steps of a start: all of them at once with their state on a terminal, else a line for each that ends. */
export const showSteps = (output: NodeJS.WriteStream): StepDisplay => {
  if (output.isTTY && output.columns >= narrowest) return showOnTerminal();
  return {
    onStep: (report) => {
      const line = stepLine(report);
      if (line !== undefined) output.write(`${line}\n`);
    },
    say: (line) => output.write(`${line}\n`),
    end: () => Promise.resolve(),
  };
};

/** Columns below which (some terminals say 0) lines would be broken into pieces. */
const narrowest = 40;

type Shown = { readonly title: string; readonly outcome: PromiseWithResolvers<string> };

const showOnTerminal = (): StepDisplay => {
  const steps = new Map<string, Shown>();
  const later: string[] = [];
  let display: Promise<unknown> | undefined;
  const settle = (report: StepReport): void => {
    const shown = steps.get(report.step);
    if (report.state === 'done') shown?.outcome.resolve(howItWent(report));
    if (report.state === 'failed') shown?.outcome.reject(new Error('failed, see below'));
  };
  return {
    onStep: (report) => {
      if (report.state === 'waiting') {
        steps.set(report.step, { title: report.title, outcome: Promise.withResolvers() });
        return;
      }
      display ??= runListr([...steps.values()]);
      settle(report);
    },
    say: (line) => later.push(line),
    end: async () => {
      for (const { outcome } of steps.values()) outcome.reject(new Error('called off'));
      await display;
      later.forEach((line) => console.log(line));
    },
  };
};

const runListr = (steps: readonly Shown[]): Promise<unknown> => {
  for (const { outcome } of steps) outcome.promise.catch(() => undefined);
  const list = new Listr(
    steps.map(({ title, outcome }) => ({
      title,
      task: async (_, task) => {
        task.title = `${title} ${colours.dim(await outcome.promise)}`;
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { showErrorMessage: false },
    },
  );
  return list.run();
};
