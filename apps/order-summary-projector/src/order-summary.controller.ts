import { Controller, Get, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { pageOf, summary, summaryPage, type Summary } from '@orderline/read-models';
import { Documented, type FastifyReply } from '@orderline/service-host';
import type { z } from 'zod';
import { findSummaries, findSummary } from './find-summaries.ts';
import { orderIdParam, summariesQuery } from './summary-shapes.ts';

@Controller('orders')
export class OrderSummaryController {
  private readonly pool: Pool;

  constructor(@Inject(POOL) pool: Pool) {
    this.pool = pool;
  }

  @Get(':orderId')
  @Documented({
    summary: 'An order as it is now',
    responses: {
      200: { description: 'The order', schema: summary, headers: { 'X-Event-Version': 'The version shown' } },
    },
    problems: { 404: ['order_not_found'], 409: ['parked'] },
  })
  async one(
    @Param('orderId', { schema: orderIdParam }) orderId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Summary> {
    const found = await findSummary(this.pool, orderId);
    if (found === undefined)
      throw new NotFoundException({ code: 'order_not_found', detail: 'There is no such order here.' });
    reply.header('x-event-version', String(found.version));
    return found;
  }

  @Get()
  @Documented({
    summary: 'Orders, newest first',
    responses: { 200: { description: 'A page; next goes into after', schema: summaryPage } },
  })
  async many(
    @Query({ schema: summariesQuery }) { after, limit, ...filter }: z.output<typeof summariesQuery>,
  ): Promise<z.output<typeof summaryPage>> {
    const found = await findSummaries(this.pool, filter, { after, limit: limit + 1 });
    return pageOf(found, limit, ({ createdAt, orderId }) => ({ at: createdAt, orderId }));
  }
}
