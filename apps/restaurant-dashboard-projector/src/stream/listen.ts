import type { Pool, PoolClient } from '@orderline/postgres';

export type Listening = {
  /** Ends listening and gives the connection back. */
  stop(): Promise<void>;
};

type Heard = {
  readonly channel: string;
  readonly onPayload: (payload: string) => void;
  /** Listening (again) from now on; what was said before was not heard. */
  readonly onConnected: () => void;
  readonly onError: (error: Error) => void;
};

const RETRY_MS = 500;
const PROBE_MS = 10_000;
const probe = { text: 'SELECT 1', query_timeout: 5_000 };

/**
 * Hears PostgreSQL's notifications on one connection of the pool, which is kept. A connection that breaks or no longer
 * answers is replaced, for as long as it takes.
 */
export const listen = (pool: Pool, heard: Heard): Listening => {
  const stopping = new AbortController();
  const done = listenUntil(stopping.signal, pool, heard);
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
};

const listenUntil = async (stopped: AbortSignal, pool: Pool, heard: Heard): Promise<void> => {
  while (!stopped.aborted) {
    try {
      await listenOnce(stopped, await pool.connect(), heard);
    } catch (error) {
      heard.onError(error as Error);
      await pause(RETRY_MS, stopped);
    }
  }
};

/** Resolves when it is stopped; rejects when the connection is lost. */
const listenOnce = async (stopped: AbortSignal, client: PoolClient, heard: Heard): Promise<void> => {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  const onEnd = (error?: Error): void => broken.reject(error ?? new Error('the connection has ended'));
  const onNotification = ({ payload = '' }: { payload?: string | undefined }): void => heard.onPayload(payload);
  client.on('error', onEnd).on('end', onEnd).on('notification', onNotification);
  try {
    await client.query(`LISTEN ${heard.channel}`);
    heard.onConnected();
    for (;;) {
      await Promise.race([pause(PROBE_MS, stopped), broken.promise]);
      if (stopped.aborted) return;
      await client.query(probe);
    }
  } finally {
    // A connection that listens is of no use to others of the pool.
    client.release(true);
  }
};

const pause = (ms: number, stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    stopped.addEventListener('abort', wake);
    if (stopped.aborted) wake();
  });
