import type { Screen } from './fill.ts';
import { progressLine } from './progress-line.ts';

const clearLine = '\r\u001B[2K';
const everyMs = 5_000;

/** A line that moves on a terminal, which is cleared by what is said next; elsewhere a line now and then. */
export const showProgress = (output: NodeJS.WriteStream): Pick<Screen, 'progress' | 'say'> => {
  let shownAt = 0;
  return {
    progress: (generation) => {
      if (output.isTTY) {
        output.write(clearLine + progressLine(generation));
      } else if (performance.now() - shownAt > everyMs) {
        shownAt = performance.now();
        output.write(`${progressLine(generation)}\n`);
      }
    },
    say: (line) => {
      output.write(`${output.isTTY ? clearLine : ''}${line}\n`);
    },
  };
};
