import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stopProcess, type KnownProcess, type StopPlan } from './stop-process.ts';

export type PidRecord = KnownProcess & StopPlan;

/** Notes a process so that a later run can stop it, and no other, if this one cannot. */
export const writePidFile = (file: string, { pid, identity, signal, withinMs }: PidRecord): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ pid, identity, signal, withinMs }));
  renameSync(`${file}.new`, file);
};

export const readPidFile = (file: string): PidRecord | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PidRecord;
  } catch {
    return undefined;
  }
};

/** Stops whatever the pid files in `folder` still name, and removes them; answers with the names that were alive. */
export const stopLeftOvers = async (folder: string): Promise<string[]> => {
  const stopped = await Promise.all(
    pidFiles(folder).map(async (name) => {
      const file = join(folder, name);
      const record = readPidFile(file);
      const outcome = record === undefined ? 'gone' : await stopProcess(record, record);
      rmSync(file, { force: true });
      return outcome === 'gone' ? [] : [name.replace('.json', '')];
    }),
  );
  return stopped.flat();
};

const pidFiles = (folder: string): string[] => {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
};
