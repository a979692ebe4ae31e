import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { orderIdField } from '../http/request-fields.ts';
import { eventAnswer, toEventAnswer, type EventAnswer } from '../reading/event-answer.ts';
import type { OrderReading } from '../reading/order-reading.ts';
import { ORDER_READING } from '../tokens.ts';
import { prefersJson } from './prefers-json.ts';
import { timelineLine } from './timeline-line.ts';

const eventsPerQuery = 500;

const timeline = z.object({ orderId: z.string(), events: z.array(eventAnswer) }).meta({ id: 'Timeline' });

@Controller('orders')
export class ReadTimelineController {
  private readonly reading: OrderReading;

  constructor(@Inject(ORDER_READING) reading: OrderReading) {
    this.reading = reading;
  }

  @Get(':id/timeline')
  @Documented({
    summary: 'The history of an order: a line of text per event, or JSON where Accept prefers it',
    responses: {
      200: {
        description: 'A line per event (text/plain), or the events',
        schema: timeline,
        orText: true,
        headers: { 'X-Event-Version': 'The version of the last event' },
      },
    },
    problems: { 404: ['order_not_found'], 429: ['too_busy'], 503: ['unavailable', 'newer_history'] },
  })
  async readTimeline(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<string | z.infer<typeof timeline>> {
    const events = await this.allEvents(orderId);
    void reply.headers({ vary: 'accept', 'x-event-version': String(events.at(-1)?.version ?? 0) });
    if (prefersJson(request.headers.accept)) return { orderId, events };
    void reply.type('text/plain; charset=utf-8');
    return events.map((event) => `${timelineLine(event)}\n`).join('');
  }

  private async allEvents(orderId: string): Promise<EventAnswer[]> {
    const events: EventAnswer[] = [];
    for (;;) {
      const page = await this.reading.events(orderId, events.at(-1)?.version ?? 0, eventsPerQuery);
      events.push(...page.map(toEventAnswer));
      if (page.length < eventsPerQuery) return events;
    }
  }
}
