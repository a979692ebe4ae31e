import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import { orderIdField } from '../http/request-fields.ts';
import { eventAnswer, toEventAnswer } from '../reading/event-answer.ts';
import type { OrderReading } from '../reading/order-reading.ts';
import { ORDER_READING } from '../tokens.ts';

const mostPerPage = 200;

const page = z.strictObject({
  after: z
    .string()
    .regex(/^\d+$/u, 'must be a version or 0')
    .transform(Number)
    .optional()
    .meta({ description: 'Events above this version' }),
  limit: z
    .string()
    .regex(/^\d{1,3}$/u, `must be 1 to ${mostPerPage}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= mostPerPage, `must be 1 to ${mostPerPage}`)
    .optional(),
});

const eventPage = z.object({ items: z.array(eventAnswer), next: z.string().nullable() });

@Controller('orders')
export class ReadEventsController {
  private readonly reading: OrderReading;

  constructor(@Inject(ORDER_READING) reading: OrderReading) {
    this.reading = reading;
  }

  @Get(':id/events')
  @Documented({
    summary: 'The events of an order, oldest first',
    responses: { 200: { description: 'A page of events; next is the after of the one behind it', schema: eventPage } },
    problems: { 404: ['order_not_found'], 429: ['too_busy'], 503: ['unavailable', 'newer_history'] },
  })
  async readEvents(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Query({ schema: page }) { after = 0, limit = 50 }: z.infer<typeof page>,
  ): Promise<z.infer<typeof eventPage>> {
    // One more than the page tells whether there is another.
    const events = await this.reading.events(orderId, after, limit + 1);
    const items = events.slice(0, limit).map(toEventAnswer);
    return { items, next: events.length > limit ? String(items.at(-1)?.version) : null };
  }
}
