import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { runJanitor, type JanitorReport } from '@orderline/event-store';
import type { Pool } from '@orderline/postgres';
import { Gauge, LOGGER, METRICS, type Logger, type Registry } from '@orderline/service-host';
import { POOL } from '../tokens.ts';

const roundEveryMs = 10 * 60_000;

/**
 * Runs the event store's janitor at start and every ten minutes: partitions ahead, relayed and expired ones away. Every
 * instance does; a round that fails is logged and the next one does its work.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly pool: Pool;
  private readonly logger: Logger;
  private readonly filledDefaults: Gauge;
  private readonly heldPartitions: Gauge;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(@Inject(POOL) pool: Pool, @Inject(LOGGER) logger: Logger, @Inject(METRICS) registry: Registry) {
    this.pool = pool;
    this.logger = logger;
    const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
    this.filledDefaults = gauge(
      'order_command_filled_default_partitions',
      'Default partitions that hold rows: a clock was stepped or partitions were not made in time',
    );
    this.heldPartitions = gauge(
      'order_command_held_outbox_partitions',
      'Past outbox partitions that could not go yet, because of the relay or an open transaction',
    );
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

  private tell({ made, outbox, expiredReceipts, filledDefaults }: JanitorReport): void {
    const held = outbox.filter(({ outcome }) => outcome.startsWith('held'));
    this.filledDefaults.set(filledDefaults.length);
    this.heldPartitions.set(held.length);
    if (made.length + outbox.length + expiredReceipts.length === 0 && filledDefaults.length === 0) return;
    const level = filledDefaults.length > 0 ? 'warn' : 'info';
    this.logger[level]({ made, outbox, expiredReceipts, filledDefaults }, 'housekeeping');
  }
}
