import { Module, type DynamicModule } from '@nestjs/common';
import { topicName } from '@orderline/contracts';
import { createRegistryClient, createTopicConsumer, type KafkaLog } from '@orderline/kafka';
import { createPool } from '@orderline/postgres';
import { ProjectionModule, type ProjectionAppOptions } from '@orderline/projection';
import { LOGGER, METRICS, READINESS, type Logger, type Readiness, type Registry } from '@orderline/service-host';
import type { Config } from './config.ts';
import { DashboardController } from './board/dashboard.controller.ts';
import { openOrders } from './board/open-orders.projection.ts';
import { preparations } from './board/preparations.projection.ts';
import { restaurantDays } from './board/restaurant-days.projection.ts';
import { restaurantRevenue } from './board/restaurant-revenue.projection.ts';
import { DashboardStreamController } from './stream/dashboard-stream.controller.ts';
import { LiveDashboards } from './stream/live-dashboards.ts';

const name = 'restaurant-dashboard-projector';

@Module({})
export class RestaurantDashboardModule {
  static with(config: Config): DynamicModule {
    const options = (logger: Logger, readiness: Readiness, metrics: Registry): ProjectionAppOptions => {
      const log: KafkaLog = (level, message, fields) => {
        logger[level](fields, message);
      };
      return {
        name: config.groupPrefix + name,
        projections: [openOrders, restaurantDays, restaurantRevenue, preparations],
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
      module: RestaurantDashboardModule,
      imports: [ProjectionModule.forApp([LOGGER, READINESS, METRICS], options)],
      controllers: [DashboardController, DashboardStreamController],
      providers: [LiveDashboards],
    };
  }
}
