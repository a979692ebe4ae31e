import { Body, Controller, Inject, Param, Patch } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { addressField, notesField, orderIdField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const updateOrderBody = z
  .strictObject({ deliveryAddress: addressField.nullish(), notes: notesField.nullish() })
  .refine((body) => Object.keys(body).length > 0, 'must name a field to change')
  .meta({ id: 'UpdateOrder', minProperties: 1 });

@Controller('orders')
export class UpdateOrderController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Patch(':id')
  @DocumentedCommand({
    summary: 'Changes address or notes; null clears, an absent field stays',
    refusals: ['transition_refused'],
  })
  async updateOrder(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: updateOrderBody }) body: z.infer<typeof updateOrderBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('UpdateOrder', request, headers, orderId);
    const { at, status } = await this.handle(command, () => ({
      type: 'UpdateOrder',
      at: command.origin.occurredAt,
      ...body,
    }));
    return answerOrder(reply, at, status);
  }
}
