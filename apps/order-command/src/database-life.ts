import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { Gauge, measurePool, METRICS, READINESS, type Readiness, type Registry } from '@orderline/service-host';
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
    measurePool(registry, pool);
    measureAdmission(registry, admission);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

const measureAdmission = (registry: Registry, admission: Admission): void => {
  const gauge: Gauge = new Gauge({
    name: 'orderline_command_requests_in_hand',
    help: 'Commands and reads that are being worked on or wait',
    registers: [registry],
    collect: () => {
      gauge.set(admission.size);
    },
  });
};
