import { Controller, Delete, Inject, Param } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { idField, orderIdField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

@Controller('orders')
export class RemoveItemController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Delete(':id/items/:sku')
  @DocumentedCommand({
    summary: 'Removes an item while the order is Created',
    refusals: ['item_not_found', 'transition_refused', 'last_item', 'below_paid'],
  })
  async removeItem(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Param('sku', { schema: idField }) sku: string,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('RemoveItem', request, headers, orderId);
    const { at, status } = await this.handle(command, () => ({
      type: 'RemoveItem',
      at: command.origin.occurredAt,
      sku,
    }));
    return answerOrder(reply, at, status);
  }
}
