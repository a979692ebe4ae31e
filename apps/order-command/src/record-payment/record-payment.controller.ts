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
import { amountField, idField, orderIdField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const recordPaymentBody = z
  .strictObject({ method: idField, amount: amountField, reference: idField })
  .meta({ id: 'RecordPayment' });

@Controller('orders')
export class RecordPaymentController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/payments')
  @HttpCode(200)
  @DocumentedCommand({
    summary: 'Money was received for the order',
    refusals: ['transition_refused', 'payment_exceeds_total', 'reference_conflict'],
  })
  async recordPayment(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: recordPaymentBody }) body: z.infer<typeof recordPaymentBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('RecordPayment', request, headers, orderId);
    const { at, status } = await this.handle(
      command,
      onKnownOrder(({ currency }) => ({
        type: 'RecordPayment',
        at: command.origin.occurredAt,
        method: body.method,
        amountMinor: positiveAmountMinor({ text: body.amount, currency, path: '/amount' }),
        reference: body.reference,
      })),
    );
    return answerOrder(reply, at, status);
  }
}
