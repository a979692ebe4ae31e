import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { onKnownOrder } from '../commands/known-order.ts';
import { positiveAmountMinor } from '../http/amount.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { amountField, idField, orderIdField, reasonField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const refundPaymentBody = z
  .strictObject({ amount: amountField, reason: reasonField, reference: idField })
  .meta({ id: 'RefundPayment' });

@Controller('orders')
export class RefundPaymentController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/refunds')
  @HttpCode(200)
  @DocumentedCommand({
    summary: 'Money was given back to the customer',
    refusals: ['refund_exceeds_paid', 'reference_conflict'],
  })
  async refundPayment(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: refundPaymentBody }) body: z.infer<typeof refundPaymentBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('RefundPayment', request, headers, orderId);
    const { at, status } = await this.handle(
      command,
      onKnownOrder(({ currency }) => ({
        type: 'RefundPayment',
        at: command.origin.occurredAt,
        reason: body.reason,
        amountMinor: positiveAmountMinor({ text: body.amount, currency, path: '/amount' }),
        reference: body.reference,
      })),
    );
    return answerOrder(reply, at, status);
  }
}
