import { BadRequestException, Controller, Get, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { summary, summaryPage, type Summary } from '@orderline/read-models';
import { Documented, type FastifyReply } from '@orderline/service-host';
import type { z } from 'zod';
import { findSummaries, findSummary, type Position } from './find-summaries.ts';
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
    const position = after === undefined ? undefined : positionOf(after);
    const items = await findSummaries(this.pool, filter, { after: position, limit: limit + 1 });
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    return { items: shown, next: items.length > limit && last !== undefined ? cursorOf(last) : null };
  }
}

const cursorOf = ({ createdAt, orderId }: Summary): string =>
  Buffer.from(`${createdAt} ${orderId}`).toString('base64url');

const positionOf = (cursor: string): Position => {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{36})$/u.exec(
    Buffer.from(cursor, 'base64url').toString(),
  );
  const [, createdAt, orderId] = found ?? [];
  if (createdAt !== undefined && orderIdParam.safeParse(orderId).success && !Number.isNaN(Date.parse(createdAt))) {
    return { createdAt, orderId: String(orderId) };
  }
  throw new BadRequestException({
    code: 'invalid_request',
    detail: 'The request is not valid.',
    errors: [{ path: '/after', message: 'must be the next of an earlier page' }],
  });
};
