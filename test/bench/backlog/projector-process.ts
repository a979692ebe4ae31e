import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@orderline/local-stack';
import type { ReadModel } from './read-model.ts';

export type ProjectorProcess = {
  readonly pid: number;
  readonly url: string;
  /** Throws when it has ended by itself. */
  check(): void;
  stop(): Promise<void>;
};

/** The app of a read model as a process of its own, as the stack runs it; PROJECTOR_NODE_OPTIONS reach its Node. */
export const startProjectorProcess = async (
  { folder, appUrl, groupPrefix }: ReadModel,
  brokers: readonly string[],
): Promise<ProjectorProcess> => {
  const port = await freePort();
  const options = process.env['PROJECTOR_NODE_OPTIONS']?.split(' ') ?? [];
  const child = spawn(process.execPath, [...options, '--import', 'tsx', join(folder, 'src/main.ts')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'warn',
      DATABASE_URL: appUrl,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_GROUP_PREFIX: groupPrefix,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    check: () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error('the projector has ended by itself');
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
