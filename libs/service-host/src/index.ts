export { InvalidConfig, parseConfig, type WrongSetting } from './config/parse-config.ts';
export {
  brokersSetting,
  databaseUrlSetting,
  hostConfig,
  hostSettings,
  integerSetting,
  type HostConfig,
} from './config/settings.ts';
export { Readiness, type ReadinessCheck } from './health/readiness.ts';
export { createEventStream, type EventStream } from './http/event-stream.ts';
export { invalidRequest, RequestRefused, type Fault, type Problem } from './http/problem.ts';
export { RequestHeaders } from './http/request-headers.ts';
export { CannotStart } from './lifecycle/cannot-start.ts';
export { runService } from './lifecycle/run-service.ts';
export { startService, type RunningService, type ServiceOptions } from './lifecycle/start-service.ts';
export { measurePool } from './metrics/measure-pool.ts';
export { describeService } from './openapi/describe-service.ts';
export { Documented, type RouteDocumentation } from './openapi/documented.ts';
export { LOGGER, METRICS, READINESS, TRACING } from './tokens.ts';
export { openTracing } from './tracing/open-tracing.ts';
export { traceBatches } from './tracing/trace-batches.ts';
export { workOf } from './tracing/trace-requests.ts';
export { traced, type Piece, type Tracing, type Work } from './tracing/tracing.ts';
export type { FastifyReply, FastifyRequest } from 'fastify';
export type { Logger } from 'pino';
export { Counter, Gauge, Histogram, Registry } from 'prom-client';
