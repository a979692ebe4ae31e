import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tracing, Work } from './tracing.ts';

const works = new WeakMap<FastifyRequest, Work>();

/** The piece of work that a request is, where it is traced. */
export const workOf = (request: FastifyRequest): Work | undefined => works.get(request);

/** The trace that a request belongs to, for its log. */
export const traceIdOf = (request: FastifyRequest): string | undefined => workOf(request)?.traceparent.slice(3, 35);

/** Tells every request of a known route but those about the process itself, going on with the caller's trace. */
export const traceRequests = (fastify: FastifyInstance, tracing: Tracing): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url;
    if (route !== undefined && !/^\/(health|metrics|openapi)/u.test(route)) begin(tracing, request, route);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode;
    workOf(request)?.end({ 'http.response.status_code': status }, status >= 500 ? String(status) : undefined);
    done();
  });
};

const begin = (tracing: Tracing, request: FastifyRequest, route: string): void => {
  const { traceparent } = request.headers;
  const piece = {
    name: `${request.method} ${route}`,
    kind: 'server',
    attributes: {
      'http.request.method': request.method,
      'http.route': route,
      'orderline.correlation_id': request.id,
    },
  } as const;
  works.set(request, tracing.begin(piece, typeof traceparent === 'string' ? traceparent : undefined));
};
