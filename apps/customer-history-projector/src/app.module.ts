import { Module, type DynamicModule } from '@nestjs/common';
import { topicName } from '@orderline/contracts';
import { createRegistryClient, createTopicConsumer, type KafkaLog } from '@orderline/kafka';
import { createPool } from '@orderline/postgres';
import { ProjectionModule, type ProjectionAppOptions } from '@orderline/projection';
import { LOGGER, METRICS, READINESS, type Logger, type Readiness, type Registry } from '@orderline/service-host';
import type { Config } from './config.ts';
import { CustomerOrdersController } from './customer-orders.controller.ts';
import { customerOrders } from './customer-orders.projection.ts';

const name = 'customer-history-projector';

@Module({})
export class CustomerHistoryModule {
  static with(config: Config): DynamicModule {
    const options = (logger: Logger, readiness: Readiness, metrics: Registry): ProjectionAppOptions => {
      const log: KafkaLog = (level, message, fields) => {
        logger[level](fields, message);
      };
      return {
        name: config.groupPrefix + name,
        projections: [customerOrders],
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
      module: CustomerHistoryModule,
      imports: [ProjectionModule.forApp([LOGGER, READINESS, METRICS], options)],
      controllers: [CustomerOrdersController],
    };
  }
}
