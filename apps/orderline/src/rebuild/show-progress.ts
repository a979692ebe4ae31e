import type { Screen } from './fill.ts';
import { measureRate } from './measure-rate.ts';
import { progressLine } from './progress-line.ts';

const clearLine = '\r\u001B[2K';
const everyMs = 5_000;

/** A line that moves on a terminal, which is cleared by what is said next; elsewhere a line now and then. */
export const showProgress = (output: NodeJS.WriteStream): Pick<Screen, 'progress' | 'say'> => {
  const measured = measureRate();
  let shownAt = 0;
  return {
    progress: (generation) => {
      const line = progressLine(measured(generation, performance.now()));
      if (output.isTTY) {
        // A line that wraps could not be cleared.
        output.write(clearLine + line.slice(0, (output.columns || 80) - 1));
      } else if (performance.now() - shownAt > everyMs) {
        shownAt = performance.now();
        output.write(`${line}\n`);
      }
    },
    say: (line) => {
      output.write(`${output.isTTY ? clearLine : ''}${line}\n`);
    },
  };
};
