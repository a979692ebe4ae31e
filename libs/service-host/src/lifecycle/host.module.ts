import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule, MetadataScanner } from '@nestjs/core';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { HealthController } from '../health/health.controller.ts';
import type { Readiness } from '../health/readiness.ts';
import { ProblemFilter } from '../http/problem-filter.ts';
import { argumentValidation, RequestFaults } from '../http/request-faults.ts';
import { MetricsController } from '../metrics/metrics.controller.ts';
import { OpenApiController } from '../openapi/openapi.controller.ts';
import { LOGGER, METRICS, READINESS, SERVICE, TRACING, type ServiceIdentity } from '../tokens.ts';
import type { Tracing } from '../tracing/tracing.ts';

type HostParts = {
  service: ServiceIdentity;
  module: Type | DynamicModule;
  logger: Logger;
  registry: Registry;
  readiness: Readiness;
  tracing: Tracing | null;
};

/** What every service has around the app's own module. */
@Global()
@Module({})
export class HostModule {
  static around({ service, module, logger, registry, readiness, tracing }: HostParts): DynamicModule {
    return {
      module: HostModule,
      imports: [DiscoveryModule, module],
      controllers: [HealthController, MetricsController, OpenApiController],
      providers: [
        MetadataScanner,
        { provide: SERVICE, useValue: service },
        { provide: LOGGER, useValue: logger },
        { provide: METRICS, useValue: registry },
        { provide: READINESS, useValue: readiness },
        { provide: TRACING, useValue: tracing },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: RequestFaults },
        { provide: APP_PIPE, useFactory: argumentValidation },
      ],
      exports: [SERVICE, LOGGER, METRICS, READINESS, TRACING],
    };
  }
}
