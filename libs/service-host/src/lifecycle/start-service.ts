import 'reflect-metadata';
import type { DynamicModule, INestApplication, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { HostConfig } from '../config/settings.ts';
import { Readiness } from '../health/readiness.ts';
import { createMetrics, measureRequests } from '../metrics/metrics.ts';
import type { ServiceIdentity } from '../tokens.ts';
import { openTracing } from '../tracing/open-tracing.ts';
import { traceRequests } from '../tracing/trace-requests.ts';
import { CannotStart } from './cannot-start.ts';
import { createAdapter } from './fastify-server.ts';
import { HostModule } from './host.module.ts';
import { createLogger, nestLogger } from './logger.ts';

/** A service to start: who it is, its root module, and where it listens (port 0: any free one). */
export type ServiceOptions = ServiceIdentity & {
  module: Type | DynamicModule;
  config: HostConfig;
};

/** A service that answers at `url`. `stop` drains it: see `startService`. */
export type RunningService = {
  name: string;
  url: string;
  app: INestApplication;
  logger: Logger;
  shutdownTimeoutMs: number;
  stop: () => Promise<void>;
};

/**
 * Starts an HTTP service: JSON only, 64 KiB bodies, problem+json for every failure, correlation ids, health, metrics and
 * its API description. `stop` turns readiness off, stops accepting, lets requests in flight end and runs Nest's shutdown
 * hooks: `onModuleDestroy` while HTTP still answers, `onApplicationShutdown` after the last answer.
 * Throws `CannotStart` where the port is taken; whatever a provider throws while it is made comes through.
 */
export const startService = async (options: ServiceOptions): Promise<RunningService> => {
  const { name, version, description, module, config } = options;
  const logger = createLogger(name, config.logLevel);
  const registry = createMetrics(name, version);
  const readiness = new Readiness();
  const adapter = createAdapter(logger, () => readiness.isDraining);
  measureRequests(adapter.getInstance(), registry);
  const tracing = await openTracing({ name, version }, config.tracing, (error) => {
    logger.warn({ err: error }, 'traces cannot be sent; spans are dropped until they can');
  });
  if (tracing) traceRequests(adapter.getInstance(), tracing);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
  const nestOptions: NestApplicationOptions = { logger: nestLogger(logger), abortOnError: false, bodyParser: false };
  const app = await NestFactory.create<NestFastifyApplication>(
    HostModule.around({ service: { name, version, description }, module, logger, registry, readiness, tracing }),
    adapter,
    nestOptions,
  );
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw listenFailure(error, options);
  }
  const url = await app.getUrl();
  const stop = async (): Promise<void> => {
    readiness.drain();
    await app.close();
    await tracing?.stop();
  };
  return { name, url, app, logger, shutdownTimeoutMs: config.shutdownTimeoutMs, stop };
};

const listenFailure = (error: unknown, { name, config: { host, port } }: ServiceOptions): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new CannotStart(
      `${name} cannot listen on ${host}:${port}: the port is in use. Stop what listens there (lsof -i :${port}) or set PORT to a free one.`,
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new CannotStart(
      `${name} cannot listen on ${host}:${port} (${code}). Set HOST and PORT to an address of this machine.`,
      {
        cause: error,
      },
    );
  }
  return error;
};
