import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { Documented } from '@orderline/service-host';
import type { z } from 'zod';
import { dayRangeOf, dayRangeQuery } from '../day-range.ts';
import { funnelAnswer, readFunnel, type Funnel } from './read-funnel.ts';

@Controller('funnel')
export class FunnelController {
  private readonly pool: Pool;

  constructor(@Inject(POOL) pool: Pool) {
    this.pool = pool;
  }

  @Get()
  @Documented({
    summary: 'How many of the orders created on the UTC days from ≤ day < to ever got to each status',
    responses: { 200: { description: 'The funnel; without from and to, of the last 30 days', schema: funnelAnswer } },
  })
  funnel(@Query({ schema: dayRangeQuery }) query: z.output<typeof dayRangeQuery>): Promise<Funnel> {
    return readFunnel(this.pool, dayRangeOf(query, Date.now()));
  }
}
