import { z } from 'zod';

type Bounds = { min: number; max: number; default: number };

/** A whole number from the environment within `min`–`max`; `what` names it in the list of wrong settings. */
export const integerSetting = (what: string, { min, max, default: fallback }: Bounds) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/u)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(fallback)
    .describe(`${what}, ${min} to ${max} (default ${fallback})`);

/** The address of a PostgreSQL database, such as `postgres://user:password@host:15432/orders`. */
export const databaseUrlSetting = () =>
  z
    .url({ protocol: /^postgres(ql)?$/u })
    .describe('the address of a PostgreSQL database, as postgres://user:password@host:15432/name');

/** What every service reads: where it listens, how much it logs, how long it may take to stop. */
export const hostSettings = ({ port }: { port: number }) => ({
  HOST: z.string().default('127.0.0.1').describe('the address to listen on (default 127.0.0.1)'),
  PORT: integerSetting('a port number', { min: 0, max: 65_535, default: port }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('one of fatal, error, warn, info, debug, trace, silent (default info)'),
  SHUTDOWN_TIMEOUT_MS: integerSetting('milliseconds', { min: 100, max: 600_000, default: 10_000 }),
});
