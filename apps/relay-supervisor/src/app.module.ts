import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { topicName } from '@orderline/contracts';
import { createPool, type Pool } from '@orderline/postgres';
import { LOGGER, measurePool, METRICS, type Logger, type Registry } from '@orderline/service-host';
import type { Config } from './config.ts';
import { createConnect } from './connect/connect.ts';
import { createLosses } from './losses/losses.ts';
import type { RelayParts } from './relay/look.ts';
import { RelayMetrics } from './relay/relay-metrics.ts';
import { RelayController } from './relay/relay.controller.ts';
import { Supervisor } from './relay/supervisor.ts';
import { createSlot } from './slot/slot.ts';
import { CONFIG, PARTS, POOL } from './tokens.ts';
import { createTopicEnd } from './topic/topic-end.ts';

/** Ends the connections after the last answer. */
@Injectable()
export class Connections implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly parts: RelayParts;

  constructor(@Inject(POOL) pool: Pool, @Inject(PARTS) parts: RelayParts) {
    this.pool = pool;
    this.parts = parts;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.parts.heartbeats.close(), this.parts.records.close()]);
  }
}

const poolOf = (config: Config, logger: Logger): Pool =>
  createPool({
    databaseUrl: config.databaseUrl,
    applicationName: 'relay-supervisor',
    max: 3,
    connectTimeoutMs: 3_000,
    onIdleError: (error) => logger.warn({ err: error }, 'a database connection broke'),
  });

const partsOf = (config: Config, pool: Pool): RelayParts => ({
  connect: createConnect(config.connectUrl, config.connector),
  slot: createSlot(pool, config.slot),
  losses: createLosses(pool),
  heartbeats: createTopicEnd({ brokers: config.brokers, topic: config.heartbeatTopic }),
  records: createTopicEnd({ brokers: config.brokers, topic: topicName }),
});

const providers = (config: Config): Provider[] => [
  { provide: CONFIG, useValue: config },
  {
    provide: POOL,
    inject: [LOGGER, METRICS],
    useFactory: (logger: Logger, registry: Registry): Pool => {
      const pool = poolOf(config, logger);
      measurePool(registry, pool);
      return pool;
    },
  },
  { provide: PARTS, inject: [POOL], useFactory: (pool: Pool): RelayParts => partsOf(config, pool) },
  Supervisor,
  RelayMetrics,
  Connections,
];

@Module({})
export class RelaySupervisorModule {
  static with(config: Config): DynamicModule {
    return { module: RelaySupervisorModule, controllers: [RelayController], providers: providers(config) };
  }
}
