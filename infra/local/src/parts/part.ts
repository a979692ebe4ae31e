import type { Command } from '../processes/launch.ts';
import type { StopPlan } from '../processes/stop-process.ts';

/** One process of the stack: a server, or an app. */
export type Part = {
  readonly name: string;
  /** Makes what the process needs (folders, settings files) and says how it is run; called before every start. */
  readonly prepare: () => Promise<Command> | Command;
  /** Whether it can do its work now, by asking it. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
  readonly stop: StopPlan;
};

/** The part with more in its environment, each time it is started. */
export const withEnvironment = (part: Part, env: Readonly<Record<string, string>> = {}): Part => ({
  ...part,
  prepare: async () => {
    const command = await part.prepare();
    return { ...command, env: { ...command.env, ...env } };
  },
});
