import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { Documented } from '@orderline/service-host';
import type { z } from 'zod';
import { dayRangeOf, dayRangeQuery } from '../day-range.ts';
import { readRevenue, revenueAnswer, type Revenue } from './read-revenue.ts';

@Controller('revenue')
export class RevenueController {
  private readonly pool: Pool;

  constructor(@Inject(POOL) pool: Pool) {
    this.pool = pool;
  }

  @Get()
  @Documented({
    summary: 'Received, refunded and net per UTC day and currency, from ≤ day < to; without them the last 30 days',
    responses: { 200: { description: 'Days with payments or refunds, oldest first', schema: revenueAnswer } },
  })
  revenue(@Query({ schema: dayRangeQuery }) query: z.output<typeof dayRangeQuery>): Promise<Revenue> {
    return readRevenue(this.pool, dayRangeOf(query, Date.now()));
  }
}
