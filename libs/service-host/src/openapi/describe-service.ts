import 'reflect-metadata';
import type { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { DiscoveryService, MetadataScanner, ModulesContainer, NestFactory } from '@nestjs/core';
import { Readiness } from '../health/readiness.ts';
import { HostModule } from '../lifecycle/host.module.ts';
import { createLogger } from '../lifecycle/logger.ts';
import type { ServiceOptions } from '../lifecycle/start-service.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { buildDocument } from './build-document.ts';
import { routeTable } from './route-table.ts';

/**
 * What `/openapi.json` of the service answers, without starting it: Nest reads the modules and makes no instance of
 * anything, so no port, database or broker is touched. Throws where the modules cannot be put together.
 */
export const describeService = async (service: Omit<ServiceOptions, 'config'>): Promise<Record<string, unknown>> => {
  const { name, version, description, module } = service;
  const identity = { name, version, description };
  const logger = createLogger(name, 'silent');
  const host = {
    service: identity,
    module,
    logger,
    registry: createMetrics(name, version),
    readiness: new Readiness(),
    tracing: null,
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
  const options: NestApplicationContextOptions = { preview: true, logger: false, abortOnError: false };
  const app = await NestFactory.createApplicationContext(HostModule.around(host), options);
  const discovery = new DiscoveryService(app.get(ModulesContainer));
  return buildDocument(identity, routeTable(discovery, new MetadataScanner()));
};
