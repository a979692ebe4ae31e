import { NotFoundException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { answerClientError } from '../http/client-error.ts';
import { correlationIdOf } from '../http/correlation-id.ts';
import { acceptJsonOnly } from '../http/json-body.ts';
import { invalidRequest, problemOf } from '../http/problem.ts';
import { traceIdOf } from '../tracing/trace-requests.ts';

const bodyLimitBytes = 64 * 1024;
const requestTimeoutMs = 10_000;
const headersTimeoutMs = 5_000;
/** How often Node looks for connections that are too slow. */
const slowCheckMs = 2_000;

/** Fastify with limits, correlation ids and problem answers; answers given while stopping close their connection. */
export const createAdapter = (logger: Logger, isStopping: () => boolean): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    genReqId: correlationIdOf,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    // Node's own refusal of a request without Host has no body: it is refused below.
    http: { headersTimeout: headersTimeoutMs, connectionsCheckingInterval: slowCheckMs, requireHostHeader: false },
    // A long id is answered by its own validation, as any other wrong one.
    routerOptions: { maxParamLength: 16_384 },
    // In-flight keep-alive clients are still served while the service drains.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // No hook runs for these.
    frameworkErrors: (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const detail = 'The address is malformed.';
      const problem = problemOf(400, 'invalid_request', { detail, errors: [{ path: '', message: detail }] });
      void reply.header('x-correlation-id', request.id);
      void reply.code(400).type('application/problem+json; charset=utf-8').send(problem);
    },
  });
  prepare(adapter.getInstance(), isStopping);
  return adapter;
};

const prepare = (fastify: FastifyInstance, isStopping: () => boolean): void => {
  acceptJsonOnly(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    // Before the body is read: an unknown route is 404 whatever was sent to it.
    done(lacksHost(request) ? withoutHost() : request.is404 ? new NotFoundException() : undefined);
  });
  // Node answers an expectation it does not know with a bare 417; RFC 9110 lets it be passed over.
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  // Fastify closes connections that are idle when it stops, not those that become idle afterwards.
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping()) void reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const level = /^\/(health|metrics)/u.test(route) ? 'trace' : 'info';
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    const traceId = traceIdOf(request);
    const told = { method: request.method, route, status: reply.statusCode, milliseconds };
    request.log[level]({ ...told, ...(traceId !== undefined && { traceId }) }, 'answered');
    done();
  });
};

/** RFC 9112, 3.2: every request of HTTP/1.1 names its host. */
const lacksHost = ({ raw }: FastifyRequest): boolean => raw.httpVersion === '1.1' && raw.headers.host === undefined;
const withoutHost = (): Error => invalidRequest([{ path: '/Host', message: 'must be there' }]);
