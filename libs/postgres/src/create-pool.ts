import pg from 'pg';

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;
/** Whatever runs one statement: a pool, or the client of an open transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

export type PoolSettings = {
  readonly databaseUrl: string;
  /** Shown in pg_stat_activity, so that an open transaction can be put down to a process. */
  readonly applicationName: string;
  /** Most connections held at once; 10 by default. */
  readonly max?: number;
  /** A connection that is not made in this time is an error; 5,000 ms by default. */
  readonly connectTimeoutMs?: number;
  /**
   * A statement without an answer for this long fails, and its connection is thrown away; none by default. To be longer than
   * the server's statement_timeout: it is for a link that is dead and does not say so. A statement may be given a
   * `query_timeout` of its own.
   */
  readonly queryTimeoutMs?: number;
  /** Connections unused for this long are closed; 30,000 ms by default. */
  readonly idleTimeoutMs?: number;
  /** Server settings of every session, such as `{ synchronous_commit: 'off' }`. */
  readonly session?: Readonly<Record<string, string>>;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
};

/**
 * A pool of connections whose sessions are in UTC. Nothing is connected before the first query.
 * A connection that breaks while idle is dropped and reported, and never ends the process.
 */
export const createPool = (settings: PoolSettings): Pool => {
  const pool = new pg.Pool({
    connectionString: settings.databaseUrl,
    application_name: settings.applicationName,
    max: settings.max ?? 10,
    connectionTimeoutMillis: settings.connectTimeoutMs ?? 5_000,
    idleTimeoutMillis: settings.idleTimeoutMs ?? 30_000,
    ...(settings.queryTimeoutMs !== undefined && { query_timeout: settings.queryTimeoutMs }),
    keepAlive: true,
    options: sessionOptions({ timezone: 'UTC', ...settings.session }),
  });
  // Without a listener Node treats the event as fatal. The pool listens on idle clients only; one that breaks while
  // it is lent out emits it as well, after its query has failed.
  pool.on('error', (error) => settings.onIdleError?.(error));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

const sessionOptions = (session: Readonly<Record<string, string>>): string =>
  Object.entries(session)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, (character) => `\\${character}`)}`)
    .join(' ');
