import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { idField, orderIdField, textField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const dispatchOrderBody = z
  .strictObject({ courier: textField(200), trackingId: idField.nullish() })
  .meta({ id: 'DispatchOrder' });

@Controller('orders')
export class DispatchOrderController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/dispatch')
  @HttpCode(200)
  @DocumentedCommand({ summary: 'A courier leaves with the order', refusals: ['transition_refused'] })
  async dispatchOrder(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: dispatchOrderBody }) body: z.infer<typeof dispatchOrderBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('DispatchOrder', request, headers, orderId);
    const { at, status } = await this.handle(command, () => ({
      type: 'DispatchOrder',
      at: command.origin.occurredAt,
      ...body,
    }));
    return answerOrder(reply, at, status);
  }
}
