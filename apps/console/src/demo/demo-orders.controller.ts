import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { Documented, type FastifyRequest } from '@orderline/service-host';
import type { z } from 'zod';
import { orderIdParam } from '../http/ids.ts';
import { mayBeAway, ok } from '../http/ok.ts';
import {
  demoOrder,
  demoOrderBody,
  demoStep,
  order,
  type DemoOrder,
  type DemoStep,
  type Order,
} from '../order-shapes.ts';
import { UPSTREAMS } from '../tokens.ts';
import type { Question } from '../upstream/upstream.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { commandOf, nextSteps } from './demo-steps.ts';

/** The events carry the id that the page was answered with. */
const headersOf = ({ id }: FastifyRequest): Record<string, string> => ({
  'x-actor': 'support:console',
  'x-correlation-id': id,
});
const refusals = { 403: ['cross_site_refused'], 429: ['too_busy'], ...mayBeAway };

/** Lets a newcomer place an order and move it, as commands of the write side. */
@Controller('api/demo-orders')
export class DemoOrdersController {
  private readonly upstreams: Upstreams;

  constructor(@Inject(UPSTREAMS) upstreams: Upstreams) {
    this.upstreams = upstreams;
  }

  @Post()
  @HttpCode(200)
  @Documented({ summary: 'Place an order', responses: ok(demoOrder, 'The order'), problems: refusals })
  async place(
    @Body({ schema: demoOrderBody }) body: z.output<typeof demoOrderBody>,
    @Req() request: FastifyRequest,
  ): Promise<DemoOrder> {
    const headers = headersOf(request);
    return answerOf(await this.ask('/orders', { method: 'POST', headers, body: newOrder(body) }));
  }

  @Get(':orderId')
  @Documented({
    summary: 'An order, and what can come next',
    responses: ok(demoOrder),
    problems: { 404: ['order_not_found'], ...mayBeAway },
  })
  async one(@Param('orderId', { schema: orderIdParam }) orderId: string): Promise<DemoOrder> {
    return answerOf(await this.ask(`/orders/${orderId}`));
  }

  @Post(':orderId/:step')
  @HttpCode(200)
  @Documented({
    summary: 'Take a step with an order',
    responses: ok(demoOrder, 'The order after it'),
    problems: { 404: ['order_not_found'], 409: ['transition_refused', 'version_conflict'], ...refusals },
  })
  async step(
    @Param('orderId', { schema: orderIdParam }) orderId: string,
    @Param('step', { schema: demoStep }) step: DemoStep,
    @Req() request: FastifyRequest,
  ): Promise<DemoOrder> {
    const headers = headersOf(request);
    const { path, body } = commandOf(step, await this.ask(`/orders/${orderId}`), `demo-${randomUUID()}`);
    return answerOf(await this.ask(`/orders/${orderId}/${path}`, { method: 'POST', headers, body }));
  }

  private ask(path: string, question?: Question): Promise<Order> {
    return this.upstreams.command.ask(order, path, question);
  }
}

const answerOf = (now: Order): DemoOrder => ({ order: now, next: nextSteps(now) });

const newOrder = (given: z.output<typeof demoOrderBody>): object => {
  const { customerId = 'demo-customer', restaurantId = 'demo-kitchen', currency = 'EUR' } = given ?? {};
  const { dish = 'Margherita', quantity = 1, unitPrice = '12.50' } = given ?? {};
  const item = { sku: dish.replaceAll(/[^\w.:-]+/gu, '-').slice(0, 64), name: dish, quantity, unitPrice };
  return { customerId, restaurantId, currency, items: [item], deliveryAddress: 'The first street, 1' };
};
