import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { RequestHeaders } from '@orderline/service-host';
import { z } from 'zod';
import { commandRequest } from '../commands/command-request.ts';
import type { HandleCommand } from '../commands/handle-command.ts';
import { commandHeaders, type CommandHeaders } from '../http/command-headers.ts';
import { DocumentedCommand } from '../http/documented-command.ts';
import { Exchange, type HttpExchange } from '../http/exchange.ts';
import { answerOrder, type OrderAnswer } from '../http/order-answer.ts';
import { orderIdField } from '../http/request-fields.ts';
import { HANDLE_COMMAND } from '../tokens.ts';

const startPreparingBody = z.strictObject({ estimatedMinutes: z.int().min(1).max(600) }).meta({ id: 'StartPreparing' });

@Controller('orders')
export class StartPreparingController {
  private readonly handle: HandleCommand;

  constructor(@Inject(HANDLE_COMMAND) handle: HandleCommand) {
    this.handle = handle;
  }

  @Post(':id/start-preparing')
  @HttpCode(200)
  @DocumentedCommand({ summary: 'The restaurant starts to prepare the order', refusals: ['transition_refused'] })
  async startPreparing(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: startPreparingBody }) body: z.infer<typeof startPreparingBody>,
    @RequestHeaders(commandHeaders) headers: CommandHeaders,
    @Exchange() { request, reply }: HttpExchange,
  ): Promise<OrderAnswer> {
    const command = commandRequest('StartPreparing', request, headers, orderId);
    const { at, status } = await this.handle(command, () => ({
      type: 'StartPreparing',
      at: command.origin.occurredAt,
      ...body,
    }));
    return answerOrder(reply, at, status);
  }
}
