import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import { orderIdParam, queryOf } from '../http/ids.ts';
import { mayBeAway, ok } from '../http/ok.ts';
import {
  difference,
  order,
  orders,
  receipts,
  timeline,
  type Difference,
  type Order,
  type Orders,
  type Receipts,
  type Timeline,
} from '../order-shapes.ts';
import { readReceipts } from '../receipts/read-receipts.ts';
import { TOPIC, UPSTREAMS } from '../tokens.ts';
import type { Topic } from '../topic/topic.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { findOrders, ordersQuery, type OrdersQuery } from './find-orders.ts';
import { differenceQuery, readDifference } from './read-difference.ts';

const stateQuery = z.strictObject({
  version: z.coerce.number().int().min(1).optional(),
  at: z.string().max(64).optional(),
});
const notThere = { 404: ['order_not_found'], ...mayBeAway };
const notThen = { 404: ['order_not_found', 'version_not_found', 'no_state_yet'], ...mayBeAway };

@Controller('api/orders')
export class OrdersController {
  private readonly upstreams: Upstreams;
  private readonly topic: Topic;

  constructor(@Inject(UPSTREAMS) upstreams: Upstreams, @Inject(TOPIC) topic: Topic) {
    this.upstreams = upstreams;
    this.topic = topic;
  }

  @Get()
  @Documented({ summary: 'Orders, newest first', responses: ok(orders), problems: mayBeAway })
  orders(@Query({ schema: ordersQuery }) query: OrdersQuery): Promise<Orders> {
    return findOrders({ command: this.upstreams.command, summaries: this.upstreams.projector('order-summary') }, query);
  }

  @Get(':orderId/timeline')
  @Documented({ summary: 'Every event of an order', responses: ok(timeline), problems: notThere })
  timeline(@Param('orderId', { schema: orderIdParam }) orderId: string): Promise<Timeline> {
    return this.upstreams.command.ask(timeline, `/orders/${orderId}/timeline`);
  }

  @Get(':orderId/state')
  @Documented({ summary: 'An order as it was at a version or an instant', responses: ok(order), problems: notThen })
  state(
    @Param('orderId', { schema: orderIdParam }) orderId: string,
    @Query({ schema: stateQuery }) query: z.output<typeof stateQuery>,
  ): Promise<Order> {
    return this.upstreams.command.ask(order, `/orders/${orderId}${queryOf(query)}`);
  }

  @Get(':orderId/difference')
  @Documented({ summary: 'What changed between two versions', responses: ok(difference), problems: notThen })
  difference(
    @Param('orderId', { schema: orderIdParam }) orderId: string,
    @Query({ schema: differenceQuery }) query: z.output<typeof differenceQuery>,
  ): Promise<Difference> {
    return readDifference(this.upstreams.command, orderId, query);
  }

  @Get(':orderId/receipts')
  @Documented({ summary: 'How far an order has come, hop by hop', responses: ok(receipts), problems: notThere })
  receipts(@Param('orderId', { schema: orderIdParam }) orderId: string): Promise<Receipts> {
    return readReceipts(this.upstreams, this.topic, orderId);
  }
}
