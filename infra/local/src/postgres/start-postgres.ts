import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createPool } from '@orderline/postgres';
import { launch, type Command, type Exit } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { stopProcess } from '../processes/stop-process.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { freePort } from '../ports/free-port.ts';
import { dataFolder } from './data-folder.ts';
import { outsideData, serverFiles } from './server-files.ts';
import { serverSettings } from './server-settings.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

export const localPassword = 'orderline';
export const postgresStop = { signal: 'SIGINT', withinMs: 20_000 } as const;

export type PostgresSettings = {
  /** Holds data and log; made when it is missing, and kept by `stop`. */
  readonly folder: string;
  /** A free one when left out. */
  readonly port?: number;
  /** Server settings on top of infra/postgres/postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * The cluster is not meant to survive the machine's crash: initdb does not wait for the disk (commits still do), and data
   * that had to lie outside `folder` is removed by `stop`.
   */
  readonly throwaway?: boolean;
};

export type RunningPostgres = {
  /** A superuser's address, database `postgres`. */
  readonly adminUrl: string;
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  readonly notices: readonly string[];
  readonly exited: Promise<Exit>;
  /** Ends sessions and checkpoints (a fast shutdown); resolves when no process is left. May be called twice. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts PostgreSQL 18 on 127.0.0.1 and resolves when it answers a query. As root it runs as an unprivileged user.
 * A server that a killed run left in the folder is stopped first. Throws with the log's last lines when it does not come up.
 */
export const startPostgres = async (wanted: PostgresSettings): Promise<RunningPostgres> => {
  const port = wanted.port ?? (await freePort());
  const { command, notices } = await preparePostgres({ ...wanted, port });
  const logFile = join(resolve(wanted.folder), 'postgres.log');
  const server = await launch(command, logFile);
  const adminUrl = adminUrlOf(port);
  const stop = async (): Promise<void> => {
    await stopProcess(server, postgresStop);
    if (wanted.throwaway === true) removeOutsideData(wanted.folder);
  };
  const up = await waitUntil(async () => server.hasExited() || (await answers(adminUrl)), { withinMs: 60_000 });
  if (!up || server.hasExited()) {
    await stop();
    throw new Error(`PostgreSQL did not start on port ${port}: ${logTail(logFile).join('\n')}`);
  }
  return { adminUrl, port, pid: server.pid, logFile, notices, exited: server.exited, stop };
};

/** Removes the data that had to lie outside `folder`, if there is any. */
export const removeOutsideData = (folder: string): void => {
  const outside = outsideData(resolve(folder));
  if (outside !== undefined) rmSync(outside, { recursive: true, force: true });
};

/** Makes the cluster if need be and says how its server is run. */
export const preparePostgres = async (
  wanted: PostgresSettings & { readonly port: number },
): Promise<{ command: Command; notices: readonly string[] }> => {
  const user = unprivilegedUser();
  const files = serverFiles(resolve(wanted.folder), user);
  const data = await dataFolder(files, { user, password: localPassword, throwaway: wanted.throwaway ?? false });
  const settings = {
    ...serverSettings(),
    ...wanted.settings,
    listen_addresses: '127.0.0.1',
    port: String(wanted.port),
    unix_socket_directories: '',
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return { command: { file: files.postgres, args, cwd: '/', ...(user && { as: user }) }, notices: files.notices };
};

export const adminUrlOf = (port: number): string => `postgres://postgres:${localPassword}@127.0.0.1:${port}/postgres`;

/** Whether a query is answered at this address. */
export const answers = async (databaseUrl: string): Promise<boolean> => {
  const pool = createPool({ databaseUrl, applicationName: 'orderline start', max: 1, connectTimeoutMs: 2_000 });
  try {
    await pool.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await pool.end();
  }
};
