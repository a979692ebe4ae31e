import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { runJanitor, type JanitorReport } from '@orderline/event-store';
import type { Pool } from '@orderline/postgres';
import { LOGGER, METRICS, type Logger, type Registry } from '@orderline/service-host';
import { POOL } from '../tokens.ts';
import { createHousekeepingMetrics, type HousekeepingMetrics } from './housekeeping-metrics.ts';

const roundEveryMs = 10 * 60_000;

/**
 * Runs the event store's janitor at start and every ten minutes: partitions ahead, relayed and expired ones away. Every
 * instance does; a round that fails is logged and the next one does its work.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly pool: Pool;
  private readonly logger: Logger;
  private readonly metrics: HousekeepingMetrics;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(@Inject(POOL) pool: Pool, @Inject(LOGGER) logger: Logger, @Inject(METRICS) registry: Registry) {
    this.pool = pool;
    this.logger = logger;
    this.metrics = createHousekeepingMetrics(registry);
  }

  onApplicationBootstrap(): void {
    this.round = this.run();
    this.timer = setInterval(() => {
      this.round = this.run();
    }, roundEveryMs).unref();
  }

  /** Before the pool ends. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private async run(): Promise<void> {
    try {
      this.tell(await runJanitor(this.pool));
    } catch (error) {
      this.logger.warn({ err: error }, 'housekeeping failed; it will be tried again');
    }
  }

  private tell(report: JanitorReport): void {
    const { made, outbox, expiredReceipts, filledDefaults } = report;
    this.metrics.done(report);
    if (made.length + outbox.length + expiredReceipts.length === 0 && filledDefaults.length === 0) return;
    const level = filledDefaults.length > 0 ? 'warn' : 'info';
    this.logger[level]({ made, outbox, expiredReceipts, filledDefaults }, 'housekeeping');
  }
}
