import { Body, Controller, Inject, Post } from '@nestjs/common';
import { parseMoney } from '@orderline/money';
import { customerId, restaurantId, sku, type OrderCommand } from '@orderline/ordering';
import { RequestHeaders } from '@orderline/service-host';
import type { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { createHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { HANDLE_COMMAND } from '../tokens.ts';
import { createOrderBody } from './create-order-body.ts';

@Controller('orders')
export class CreateOrderController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post()
  @DocumentedCommand({ summary: 'Places an order', status: 201, refusals: [] })
  async create(
    @Body({ schema: createOrderBody }) body: z.infer<typeof createOrderBody>,
    @RequestHeaders(createHeaders) headers: z.infer<typeof createHeaders>,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('CreateOrder', request, headers);
    const { at, status } = await this.handle(command, () => createOrder(body, command.origin.occurredAt));
    return answerOrder(reply, at, status);
  }
}

const createOrder = (body: z.infer<typeof createOrderBody>, at: number): OrderCommand => ({
  type: 'CreateOrder',
  at,
  customerId: customerId(body.customerId),
  restaurantId: restaurantId(body.restaurantId),
  currency: body.currency,
  items: body.items.map((item) => ({
    sku: sku(item.sku),
    name: item.name,
    quantity: item.quantity,
    unitPriceMinor: parseMoney(item.unitPrice, body.currency),
  })),
  deliveryAddress: body.deliveryAddress,
  notes: body.notes,
});
