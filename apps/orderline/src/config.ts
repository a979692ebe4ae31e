import { parseMode, type StackMode } from '@orderline/local-stack';

export type ToolConfig = {
  readonly env: NodeJS.ProcessEnv;
  /** Which stack of this home; tests have their own. */
  readonly stack: string;
  readonly mode: StackMode;
};

/** What the tool reads from its environment; throws on a setting that makes no sense. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): ToolConfig => ({
  env,
  stack: env['ORDERLINE_NAME'] ?? 'main',
  mode: parseMode(env['ORDERLINE_STACK']) ?? 'native',
});
