import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { summaryPage } from '@orderline/read-models';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import { cursorOf, positionOf } from './cursor.ts';
import { findCustomerOrders } from './find-customer-orders.ts';

const customerIdParam = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/u, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -');

const pageQuery = z.strictObject({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

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
