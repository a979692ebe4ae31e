import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from '@orderline/service-host';

/** A request and the answer that is being made for it. */
export type HttpExchange = { request: FastifyRequest; reply: FastifyReply };

/** `@Exchange()`: for what is neither body, parameter nor header of its own. */
export const Exchange = createParamDecorator((_: unknown, context: ExecutionContext): HttpExchange => ({
  request: context.switchToHttp().getRequest<FastifyRequest>(),
  reply: context.switchToHttp().getResponse<FastifyReply>(),
}));
