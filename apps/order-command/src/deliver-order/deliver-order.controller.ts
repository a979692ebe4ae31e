import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { orderIdField, textField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const deliverOrderBody = z
  .strictObject({ signedBy: textField(200).nullish() })
  .optional()
  .meta({ id: 'DeliverOrder' });

@Controller('orders')
export class DeliverOrderController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/deliver')
  @HttpCode(200)
  @DocumentedCommand({ summary: 'The order was handed over', refusals: ['transition_refused'] })
  async deliverOrder(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: deliverOrderBody }) body: z.infer<typeof deliverOrderBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('DeliverOrder', request, headers, orderId);
    const { at, status } = await this.handle(command, () => ({
      type: 'DeliverOrder',
      at: command.origin.occurredAt,
      ...body,
    }));
    return answerOrder(reply, at, status);
  }
}
