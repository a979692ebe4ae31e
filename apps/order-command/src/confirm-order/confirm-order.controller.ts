import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { orderIdField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

@Controller('orders')
export class ConfirmOrderController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @DocumentedCommand({ summary: 'The restaurant accepts the order', refusals: ['transition_refused'] })
  async confirmOrder(
    @Param('id', { schema: orderIdField }) orderId: string,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('ConfirmOrder', request, headers, orderId);
    const { at, status } = await this.handle(command, () => ({ type: 'ConfirmOrder', at: command.origin.occurredAt }));
    return answerOrder(reply, at, status);
  }
}
