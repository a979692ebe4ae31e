import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { createRegistryClient } from '@orderline/kafka';
import type { Config } from './config.ts';
import { ProjectionsController } from './control/projections.controller.ts';
import { DemoOrdersController } from './demo/demo-orders.controller.ts';
import { ApiHeaders } from './http/api-headers.ts';
import { SameSiteGuard } from './http/same-site.guard.ts';
import { Page } from './page/page.ts';
import { ParkedController } from './parked/parked.controller.ts';
import { createRecordReader } from './parked/read-record.ts';
import { RestaurantsController } from './restaurants/restaurants.controller.ts';
import { SchemasController } from './schemas/schemas.controller.ts';
import { StatusCountsController } from './time-machine/status-counts.controller.ts';
import { OrdersController } from './orders/orders.controller.ts';
import { CONFIG, RECORDS, TOPIC, UPSTREAMS } from './tokens.ts';
import { createTopic, type Topic } from './topic/topic.ts';
import { createUpstreams, type Upstreams } from './upstream/upstreams.ts';
import { WatchMetrics } from './watch/watch-metrics.ts';
import { WatchController } from './watch/watch.controller.ts';
import { Watch } from './watch/watch.ts';

const controllers = [
  WatchController,
  ProjectionsController,
  ParkedController,
  OrdersController,
  DemoOrdersController,
  RestaurantsController,
  SchemasController,
  StatusCountsController,
];

type RecordReader = ReturnType<typeof createRecordReader>;
const recordReader = (registryUrl: string): RecordReader => {
  const registry = createRegistryClient({ url: registryUrl });
  return createRecordReader((id) => registry.schemaById(id));
};

const providers = (config: Config): Provider[] => [
  { provide: CONFIG, useValue: config },
  { provide: UPSTREAMS, useFactory: (): Upstreams => createUpstreams(config) },
  { provide: TOPIC, useFactory: (): Topic => createTopic(config.brokers) },
  { provide: RECORDS, useFactory: (): RecordReader => recordReader(config.registryUrl) },
  { provide: APP_GUARD, useClass: SameSiteGuard },
  ApiHeaders,
  Page,
  Watch,
  WatchMetrics,
];

@Module({})
export class ConsoleModule {
  static with(config: Config): DynamicModule {
    return { module: ConsoleModule, controllers, providers: providers(config) };
  }
}
