import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from './answer-error.ts';

/** Answers every failed request with problem+json; an unexpected error is logged here, once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly adapterHost: HttpAdapterHost;

  constructor(@Inject(HttpAdapterHost) adapterHost: HttpAdapterHost) {
    this.adapterHost = adapterHost;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error: unknown = this.adapterHost.httpAdapter.mapException(thrown);
    const { problem, headers, log } = answerError(error);
    if (log !== 'nothing') request.log[log]({ err: error, route: request.routeOptions.url }, 'request failed');
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    void reply.code(problem.status).headers(headers).type('application/problem+json; charset=utf-8').send(problem);
  }
}
