import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { sku } from '@orderline/ordering';
import { RequestHeaders } from '@orderline/service-host';
import type { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { onKnownOrder } from '../commands/known-order.ts';
import { amountMinor } from '../http/amount.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { itemField, orderIdField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const addItemBody = itemField.meta({ id: 'AddItem' });

@Controller('orders')
export class AddItemController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/items')
  @HttpCode(200)
  @DocumentedCommand({
    summary: 'Adds an item while the order is Created',
    refusals: ['transition_refused', 'item_conflict', 'limit_exceeded'],
  })
  async addItem(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: addItemBody }) body: z.infer<typeof addItemBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('AddItem', request, headers, orderId);
    const { at, status } = await this.handle(
      command,
      onKnownOrder(({ currency }) => ({
        type: 'AddItem',
        at: command.origin.occurredAt,
        item: {
          sku: sku(body.sku),
          name: body.name,
          quantity: body.quantity,
          unitPriceMinor: amountMinor({ text: body.unitPrice, currency, path: '/unitPrice' }),
        },
      })),
    );
    return answerOrder(reply, at, status);
  }
}
