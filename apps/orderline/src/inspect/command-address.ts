import { viewStack } from '@orderline/local-stack';
import { readConfig } from '../config.ts';

/** Where order-command is: the address given, else that of the local stack. */
export const commandAddress = (given: string | undefined): string => {
  const { env, stack } = readConfig();
  return given ?? `http://127.0.0.1:${viewStack(stack, env).ports['order-command']}`;
};
