import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { stopProcess } from '../processes/stop-process.ts';
import type { Java } from './find-java.mjs';

/** Folders of what Maven fetched, all for one version of pom.xml. */
export type Artefacts = {
  readonly kafka: string;
  readonly connectors: string;
  readonly registry: string;
  /** Archives of loaded classes, one per part, written by Java itself. */
  readonly classData: string;
};

const pom = fileURLToPath(new URL('../../pom.xml', import.meta.url));

/** Where the artefacts of today's pom.xml are, below `home`, whether or not they have been fetched. */
export const artefactsIn = (home: string): Artefacts => {
  const folder = artefactFolder(home);
  const [kafka, connectors, registry, classData] = ['kafka', 'connectors', 'registry', 'class-data'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  return { kafka, connectors, registry, classData };
};

export const areFetched = (home: string): boolean => existsSync(artefactFolder(home));

/**
 * Fetches the artefacts with Maven, which checks them against their checksums, and puts them in place in one move: an
 * interrupted fetch is simply done again. What Maven says goes to `logFile`.
 */
export const fetchArtefacts = async (
  home: string,
  { java, logFile, signal }: { java: Java; logFile: string; signal: AbortSignal },
): Promise<void> => {
  const folder = artefactFolder(home);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(join(home, 'artefacts'), { recursive: true });
  const args = [
    '--batch-mode',
    '--no-transfer-progress',
    '--file',
    pom,
    `-Dartefacts=${unfinished}`,
    'generate-resources',
  ];
  const maven = await launch({ file: 'mvn', args, env: { JAVA_HOME: java.home } }, logFile);
  const stop = (): void => void stopProcess(maven, { signal: 'SIGTERM', withinMs: 5_000 });
  signal.addEventListener('abort', stop);
  const { code } = await maven.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`Maven could not fetch the artefacts of infra/local/pom.xml:\n${logTail(logFile, 12).join('\n')}`);
  }
  mkdirSync(join(unfinished, 'class-data'));
  putInPlace(unfinished, folder);
};

const putInPlace = (unfinished: string, folder: string): void => {
  try {
    renameSync(unfinished, folder);
  } catch (cause) {
    if (!existsSync(folder)) throw cause;
    rmSync(unfinished, { recursive: true, force: true }); // another start was faster
  }
};

const artefactFolder = (home: string): string =>
  join(home, 'artefacts', createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12));
