import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { instantField } from '../http/instant.ts';
import { answerOrder, orderAnswer, type OrderAnswer } from '../http/order-answer.ts';
import { orderIdField } from '../http/request-fields.ts';
import type { OrderReading } from '../reading/order-reading.ts';
import { ORDER_READING } from '../tokens.ts';

const point = z
  .strictObject({
    version: z
      .string()
      .regex(/^[1-9]\d*$/u, 'must be a whole number from 1')
      .transform(Number)
      .optional(),
    at: instantField.optional(),
  })
  .superRefine(
    (query: { version?: unknown; at?: unknown }, context) => {
      if (query.version === undefined || query.at === undefined) return;
      context.addIssue({ code: 'custom', path: ['at'], message: 'cannot be asked together with version' });
    },
    { when: () => true },
  );

@Controller('orders')
export class ReadOrderController {
  private readonly reading: OrderReading;

  constructor(@Inject(ORDER_READING) reading: OrderReading) {
    this.reading = reading;
  }

  @Get(':id')
  @Documented({
    summary: 'The order now, after a version, or after the last event recorded at or before an instant',
    responses: {
      200: {
        description: 'The order',
        schema: orderAnswer,
        headers: { ETag: 'The version as an entity tag', 'X-Event-Version': 'The version of the order' },
      },
    },
    problems: {
      404: ['order_not_found', 'version_not_found', 'no_state_yet'],
      429: ['too_busy'],
      503: ['unavailable', 'newer_history'],
    },
  })
  async readOrder(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Query({ schema: point }) { version, at }: z.infer<typeof point>,
    @Exchange() { reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    if (version !== undefined) return answerOrder(reply, await this.reading.at(orderId, { version }));
    if (at !== undefined) return answerOrder(reply, await this.reading.at(orderId, { at }));
    return answerOrder(reply, await this.reading.current(orderId));
  }
}
