import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import { idParam, utcDay } from '@orderline/read-models';
import { dashboardAnswer, type Dashboard } from './dashboard.ts';
import { readDashboard } from './read-dashboard.ts';

const dashboardQuery = z.strictObject({
  date: z.iso
    .date()
    .refine((text) => !text.startsWith('0000'), 'must be a day from the year 1 on')
    .optional(),
});

@Controller('restaurants')
export class DashboardController {
  private readonly pool: Pool;

  constructor(@Inject(POOL) pool: Pool) {
    this.pool = pool;
  }

  @Get(':restaurantId/dashboard')
  @Documented({
    summary: 'What a restaurant has open now and did on a UTC day, today unless it is said',
    responses: { 200: { description: 'The dashboard, all zeros for an unknown restaurant', schema: dashboardAnswer } },
  })
  dashboard(
    @Param('restaurantId', { schema: idParam }) restaurantId: string,
    @Query({ schema: dashboardQuery }) { date }: z.output<typeof dashboardQuery>,
  ): Promise<Dashboard> {
    return readDashboard(this.pool, restaurantId, date ?? utcDay(Date.now()));
  }
}
