import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { Gauge, METRICS, READINESS, type Readiness, type Registry } from '@orderline/service-host';
import type { Admission } from './commands/admission.ts';
import { ADMISSION, POOL } from './tokens.ts';

/** Watches over the pool: readiness, metrics, and its end after the last answer. */
@Injectable()
export class DatabaseLife implements OnApplicationShutdown {
  private readonly pool: Pool;

  constructor(
    @Inject(POOL) pool: Pool,
    @Inject(READINESS) readiness: Readiness,
    @Inject(METRICS) registry: Registry,
    @Inject(ADMISSION) admission: Admission,
  ) {
    this.pool = pool;
    readiness.register('database', async () => {
      await pool.query('SELECT 1');
    });
    gauge(registry, 'requests_in_hand', 'Commands and reads that are being worked on or wait', () => admission.size);
    gauge(registry, 'database_connections', 'Open connections to the database', () => pool.totalCount);
    gauge(registry, 'database_waiting', 'Statements that wait for a connection', () => pool.waitingCount);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

const gauge = (registry: Registry, name: string, help: string, read: () => number): void => {
  const made: Gauge = new Gauge({
    name: `order_command_${name}`,
    help,
    registers: [registry],
    collect: () => {
      made.set(read());
    },
  });
};
