import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processIdentity } from '../processes/process-identity.ts';
import { stopProcess } from '../processes/stop-process.ts';
import type { ServerFiles } from './server-files.ts';
import type { User } from './unprivileged-user.ts';

const run = promisify(execFile);
const major = '18';

export type NewCluster = { readonly user: User | undefined; readonly password: string; readonly throwaway: boolean };

/**
 * The cluster's data folder, made by initdb if it is not there yet: under another name first, so that an interrupted initdb
 * leaves nothing that looks like a cluster. A server that a killed run left in it is stopped.
 */
export const dataFolder = async (files: ServerFiles, cluster: NewCluster): Promise<string> => {
  const folder = join(files.home, 'data');
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(files, folder, cluster);
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== major) throw new Error(`${folder} was made by PostgreSQL ${version}; run \`orderline reset\``);
  await endLeftOver(folder);
  return folder;
};

const initialise = async (files: ServerFiles, folder: string, cluster: NewCluster): Promise<void> => {
  const unfinished = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (cluster.user !== undefined) {
    for (const path of [unfinished, passwordFile]) chownSync(path, cluster.user.uid, cluster.user.gid);
  }
  try {
    await run(files.initdb, initdbArguments(unfinished, passwordFile, cluster.throwaway), {
      ...(cluster.user && { uid: cluster.user.uid, gid: cluster.user.gid }),
      cwd: '/',
    });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`initdb failed: ${said}`, { cause });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, folder);
};

/** The built-in locale sorts the same on every machine and needs none of the system's. */
export const initdbLocale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

const initdbArguments = (folder: string, passwordFile: string, throwaway: boolean): string[] => [
  `--pgdata=${folder}`,
  '--username=postgres',
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  ...initdbLocale,
  ...(throwaway ? ['--no-sync'] : []),
];

/**
 * postmaster.pid outlives a killed server. Its number may belong to another process by now, which would keep the server
 * from starting: a server is known by its working directory.
 */
const endLeftOver = async (folder: string): Promise<void> => {
  const pidFile = join(folder, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const identity = processIdentity(pid);
  if (identity !== undefined && workingDirectory(pid) === folder) {
    await stopProcess({ pid, identity }, { signal: 'SIGINT', withinMs: 20_000 });
  }
  rmSync(pidFile, { force: true });
};

const workingDirectory = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
};
