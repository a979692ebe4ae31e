import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeOutsideData } from '../postgres/start-postgres.ts';

/** Where one stack keeps everything: data of its parts, logs, pid files. Artefacts are shared by all stacks of a home. */
export type StackFolder = {
  readonly name: string;
  readonly root: string;
  readonly lock: string;
  readonly pids: string;
  readonly logs: string;
  readonly data: (part: string) => string;
  readonly logOf: (part: string) => string;
  readonly pidOf: (part: string) => string;
};

export const stackFolder = (home: string, name: string): StackFolder => {
  const root = join(home, 'stacks', name);
  return {
    name,
    root,
    lock: join(root, 'supervisor.json'),
    pids: join(root, 'pids'),
    logs: join(root, 'logs'),
    data: (part) => join(root, part),
    logOf: (part) => join(root, 'logs', `${part}.log`),
    pidOf: (part) => join(root, 'pids', `${part}.json`),
  };
};

/** Deletes data and logs of a stack that does not run; its lock stays with whoever holds it. Artefacts stay. */
export const deleteStackData = (folder: StackFolder): void => {
  removeOutsideData(folder.data('postgres'));
  const names = existsSync(folder.root) ? readdirSync(folder.root) : [];
  for (const path of names.map((name) => join(folder.root, name)).filter((path) => path !== folder.lock)) {
    rmSync(path, { recursive: true, force: true });
  }
};
