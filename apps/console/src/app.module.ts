import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { Config } from './config.ts';
import { OrdersController } from './orders/orders.controller.ts';
import { CONFIG, TOPIC, UPSTREAMS } from './tokens.ts';
import { createTopic, type Topic } from './topic/topic.ts';
import { createUpstreams, type Upstreams } from './upstream/upstreams.ts';
import { WatchMetrics } from './watch/watch-metrics.ts';
import { WatchController } from './watch/watch.controller.ts';
import { Watch } from './watch/watch.ts';

const providers = (config: Config): Provider[] => [
  { provide: CONFIG, useValue: config },
  { provide: UPSTREAMS, useFactory: (): Upstreams => createUpstreams(config) },
  { provide: TOPIC, useFactory: (): Topic => createTopic(config.brokers) },
  Watch,
  WatchMetrics,
];

@Module({})
export class ConsoleModule {
  static with(config: Config): DynamicModule {
    return { module: ConsoleModule, controllers: [WatchController, OrdersController], providers: providers(config) };
  }
}
