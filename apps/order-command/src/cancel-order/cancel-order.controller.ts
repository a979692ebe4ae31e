import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { orderIdField, reasonField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const cancelOrderBody = z
  .strictObject({ reason: reasonField, refund: z.boolean().optional() })
  .meta({ id: 'CancelOrder' });

@Controller('orders')
export class CancelOrderController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @DocumentedCommand({
    summary: 'Calls the order off, with a full refund where that is asked for',
    refusals: ['transition_refused', 'refund_required', 'reference_conflict'],
  })
  async cancelOrder(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: cancelOrderBody }) body: z.infer<typeof cancelOrderBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('CancelOrder', request, headers, orderId);
    const { at, status } = await this.handle(command, () => ({
      type: 'CancelOrder',
      at: command.origin.occurredAt,
      ...body,
    }));
    return answerOrder(reply, at, status);
  }
}
