import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { idParam, pageFields, pageOf, summaryPage } from '@orderline/read-models';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import { findCustomerOrders } from './find-customer-orders.ts';

const pageQuery = z.strictObject(pageFields);

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
    @Param('customerId', { schema: idParam }) customerId: string,
    @Query({ schema: pageQuery }) { after, limit }: z.output<typeof pageQuery>,
  ): Promise<z.output<typeof summaryPage>> {
    const found = await findCustomerOrders(this.pool, customerId, { after, limit: limit + 1 });
    return pageOf(found, limit, ({ createdAt, orderId }) => ({ at: createdAt, orderId }));
  }
}
