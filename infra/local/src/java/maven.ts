import { fileURLToPath } from 'node:url';
import { launch } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { stopProcess } from '../processes/stop-process.ts';
import type { Java } from './find-java.mjs';

export type MavenRun = { readonly java: Java; readonly logFile: string; readonly signal: AbortSignal };

export const pom = fileURLToPath(new URL('../../pom.xml', import.meta.url));

/** Runs Maven on pom.xml; what it says goes to `logFile`. Throws with the last lines of it when Maven fails. */
export const runMaven = async (words: readonly string[], { java, logFile, signal }: MavenRun): Promise<void> => {
  const args = ['--batch-mode', '--no-transfer-progress', '--file', pom, ...words];
  const maven = await launch({ file: 'mvn', args, env: { JAVA_HOME: java.home } }, logFile);
  const stop = (): void => void stopProcess(maven, { signal: 'SIGTERM', withinMs: 5_000 });
  signal.addEventListener('abort', stop);
  const { code } = await maven.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code === 0) return;
  throw new Error(`Maven could not fetch the artefacts of infra/local/pom.xml:\n${logTail(logFile, 12).join('\n')}`);
};

/** Fetches what pom.xml names into `folder`, unverified. */
export const fetchWithMaven = (folder: string, run: MavenRun): Promise<void> =>
  runMaven([`-Dartefacts=${folder}`, 'generate-resources'], run);
