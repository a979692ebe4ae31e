import { Module, type DynamicModule } from '@nestjs/common';
import { createRegistryClient, createTopicConsumer, type KafkaLog } from '@orderline/kafka';
import { createPool } from '@orderline/postgres';
import { ProjectionModule, type ProjectionAppOptions } from '@orderline/projection';
import {
  LOGGER,
  measurePool,
  METRICS,
  READINESS,
  traceBatches,
  TRACING,
  type Logger,
  type Readiness,
  type Registry,
  type Tracing,
} from '@orderline/service-host';
import type { ProjectorConfig } from './config.ts';
import { orderTopic } from './order-topic.ts';
import type { ProjectorApp } from './projector-app.ts';

/** The server ends a statement after 30 s (statement_timeout of the role). */
const QUERY_TIMEOUT_MS = 35_000;

/** The kit, fed from the topic and reporting to the host, and the app's own routes beside it. */
@Module({})
export class ProjectorModule {
  static of({ name, projections, controllers, providers = [] }: ProjectorApp, config: ProjectorConfig): DynamicModule {
    const { brokers, topic, groupPrefix, databaseUrl, registryUrl } = config;
    const options = (
      logger: Logger,
      readiness: Readiness,
      metrics: Registry,
      tracing: Tracing | null,
    ): ProjectionAppOptions => {
      const log: KafkaLog = (level, message, fields) => {
        logger[level](fields, message);
      };
      const pool = createPool({ databaseUrl, applicationName: name, queryTimeoutMs: QUERY_TIMEOUT_MS });
      measurePool(metrics, pool);
      return {
        name: groupPrefix + name,
        projections,
        pool,
        consumer: (handlers) =>
          createTopicConsumer({ ...handlers, brokers, clientId: name, ...orderTopic, topic, log }),
        registry: createRegistryClient({ url: registryUrl }),
        log,
        observers: tracing ? [traceBatches(tracing, topic)] : [],
        readiness,
        metrics,
      };
    };
    return {
      module: ProjectorModule,
      imports: [ProjectionModule.forApp([LOGGER, READINESS, METRICS, TRACING], options)],
      controllers: [...controllers],
      providers: [...providers],
    };
  }
}
