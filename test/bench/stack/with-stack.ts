import { resetStack, startStack, viewStack, type Stack, type StackSettings } from '@orderline/local-stack';

const name = 'bench';
/** Off those of a stack that is used and of those that tests start. */
const portOffset = 8_000;

/** A whole stack of this run alone; stopped and removed afterwards, also by Ctrl-C. */
export const withStack = async (
  settings: Pick<StackSettings, 'apps' | 'appEnv'>,
  work: (stack: Stack) => Promise<void>,
): Promise<void> => {
  const stack = await startStack({ ...settings, name, portOffset, fresh: true });
  const clear = async (): Promise<void> => {
    await stack.stop();
    await resetStack(viewStack(name, process.env));
  };
  const leave = (): void => void clear().finally(() => process.exit(130));
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    await work(stack);
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await clear();
  }
};
