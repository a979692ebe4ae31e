import { startStack, type Stack } from '@orderline/local-stack';
import type { ToolConfig } from './config.ts';
import { newsLine } from './screen/news-line.ts';
import { showSteps } from './screen/show-steps.ts';

/** Starts the stack with everything shown on `output`; resolves when every app is ready. */
export const runStack = async (
  { env, stack, mode }: ToolConfig,
  { output, signal }: { output: NodeJS.WriteStream; signal: AbortSignal },
): Promise<Stack> => {
  const display = showSteps(output);
  let starting = true;
  const say = (line: string): void => (starting ? display.say(line) : void output.write(`${line}\n`));
  try {
    return await startStack({
      env,
      mode,
      name: stack,
      signal,
      onStep: display.onStep,
      onNotice: say,
      onNews: (news) => say(newsLine(news)),
    });
  } finally {
    await display.end();
    starting = false;
  }
};
