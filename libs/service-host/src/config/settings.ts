import { z } from 'zod';
import type { TraceSettings } from '../tracing/trace-settings.ts';

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

/** A setting that says where Kafka's brokers are; by default the local stack's. */
export const brokersSetting = () =>
  z
    .string()
    .regex(/^[^\s,]+:\d+(,[^\s,]+:\d+)*$/u)
    .default('127.0.0.1:19092')
    .describe('brokers as host:port, separated by commas (default 127.0.0.1:19092)');

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
  ORDERLINE_TRACES: z.string().optional().describe('a file that traces are appended to (default none)'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/u })
    .optional()
    .describe('a collector of traces that takes OTLP over HTTP, as http://127.0.0.1:4318 (default none)'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0|1|0?\.\d+|1\.0+)$/u)
    .transform(Number)
    .default(1)
    .describe('the share, 0 to 1, of the traces begun here that are told (default 1)'),
});

type HostSettings = z.output<z.ZodObject<ReturnType<typeof hostSettings>>>;

/** What every service is told from outside. */
export type HostConfig = {
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly shutdownTimeoutMs: number;
  /** Absent where traces go nowhere. */
  readonly tracing?: TraceSettings;
};

/** The settings of `hostSettings` as `startService` takes them. */
export const hostConfig = (given: HostSettings): HostConfig => {
  const { ORDERLINE_TRACES: file, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = given;
  return {
    host: given.HOST,
    port: given.PORT,
    logLevel: given.LOG_LEVEL,
    shutdownTimeoutMs: given.SHUTDOWN_TIMEOUT_MS,
    ...((file ?? endpoint) !== undefined && { tracing: { file, endpoint, ratio } }),
  };
};
