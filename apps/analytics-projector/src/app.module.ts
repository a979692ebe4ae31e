import { Module, type DynamicModule } from '@nestjs/common';
import { topicName } from '@orderline/contracts';
import { createRegistryClient, createTopicConsumer, type KafkaLog } from '@orderline/kafka';
import { createPool } from '@orderline/postgres';
import { ProjectionModule, type ProjectionAppOptions } from '@orderline/projection';
import { LOGGER, METRICS, READINESS, type Logger, type Readiness, type Registry } from '@orderline/service-host';
import type { Config } from './config.ts';
import { FunnelController } from './funnel/funnel.controller.ts';
import { funnel } from './funnel/funnel.projection.ts';
import { RevenueController } from './revenue/revenue.controller.ts';
import { revenue } from './revenue/revenue.projection.ts';
import { StatusCountsController } from './status-counts/status-counts.controller.ts';
import { statusFlow } from './status-counts/status-flow.projection.ts';
import { statusIntervals } from './status-counts/status-intervals.projection.ts';

const name = 'analytics-projector';

@Module({})
export class AnalyticsModule {
  static with(config: Config): DynamicModule {
    const options = (logger: Logger, readiness: Readiness, metrics: Registry): ProjectionAppOptions => {
      const log: KafkaLog = (level, message, fields) => {
        logger[level](fields, message);
      };
      return {
        name: config.groupPrefix + name,
        projections: [revenue, funnel, statusFlow, statusIntervals],
        pool: createPool({ databaseUrl: config.databaseUrl, applicationName: name }),
        consumer: (handlers) =>
          createTopicConsumer({ ...handlers, brokers: config.brokers, clientId: name, topic: topicName, log }),
        registry: createRegistryClient({ url: config.registryUrl }),
        log,
        readiness,
        metrics,
      };
    };
    return {
      module: AnalyticsModule,
      imports: [ProjectionModule.forApp([LOGGER, READINESS, METRICS], options)],
      controllers: [RevenueController, FunnelController, StatusCountsController],
    };
  }
}
