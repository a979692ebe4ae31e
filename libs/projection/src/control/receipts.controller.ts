import { Controller, Get, Inject, Param, SetMetadata } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { readReceipts, type Receipt } from '../store/receipts.ts';
import { orderIdParam, receiptsAnswer } from './shapes.ts';
import { POOL } from './tokens.ts';

/** How far an order has come here: what a delivery receipt shows of its last hop. */
@Controller('receipts')
export class ReceiptsController {
  private readonly pool: Pool;

  constructor(@Inject(POOL) pool: Pool) {
    this.pool = pool;
  }

  @Get(':orderId')
  @SetMetadata('openapi', {
    summary: 'Up to which version each projection has applied an order, and when; version 0 where it has not seen it',
    responses: { 200: { description: 'A receipt of every generation', schema: receiptsAnswer } },
    problems: { 503: ['unavailable'] },
  })
  async receipts(
    @Param('orderId', { schema: orderIdParam }) orderId: string,
  ): Promise<{ orderId: string; receipts: Receipt[] }> {
    return { orderId, receipts: await readReceipts(this.pool, orderId) };
  }
}
