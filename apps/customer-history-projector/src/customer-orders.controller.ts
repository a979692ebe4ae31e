import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { Documented } from '@orderline/service-host';
import type { z } from 'zod';
import { cursorOf, positionOf } from './cursor.ts';
import { findCustomerOrders } from './find-customer-orders.ts';
import { customerIdParam, pageQuery, summaryPage } from './summary-shapes.ts';

@Controller('customers')
export class CustomerOrdersController {
  private readonly pool: Pool;

  constructor(@Inject(POOL) pool: Pool) {
    this.pool = pool;
  }

  @Get(':customerId/orders')
  @Documented({
    summary: "A customer's orders, newest first",
    responses: { 200: { description: 'A page; next goes into after', schema: summaryPage } },
  })
  async orders(
    @Param('customerId', { schema: customerIdParam }) customerId: string,
    @Query({ schema: pageQuery }) { after, limit }: z.output<typeof pageQuery>,
  ): Promise<z.output<typeof summaryPage>> {
    const position = after === undefined ? undefined : positionOf(after);
    const found = await findCustomerOrders(this.pool, customerId, { after: position, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
  }
}
