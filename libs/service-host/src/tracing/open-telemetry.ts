import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import { spanFile } from './span-file.ts';
import { tellingFailures } from './telling-failures.ts';
import type { TraceSettings } from './trace-settings.ts';
import type { Piece, Tracing, Work } from './tracing.ts';

const sendEveryMs = 1_000;
const mostWaiting = 8_192;
const patienceMs = 2_000;

/**
 * Tracing by the OpenTelemetry SDK, with a provider of its own: nothing is registered for the whole process, so that
 * services of one process (specs) keep apart. What cannot be sent in time is dropped, never waited for.
 */
export const openTelemetry = (
  service: { readonly name: string; readonly version: string },
  settings: TraceSettings,
  onFailure: (error: Error | undefined) => void,
): Tracing => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service.name, 'service.version': service.version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.ratio) }),
    spanProcessors: exportersOf(settings).map(
      (exporter) =>
        new BatchSpanProcessor({
          exporter: tellingFailures(exporter, onFailure),
          scheduledDelayMillis: sendEveryMs,
          exportTimeoutMillis: patienceMs,
          maxQueueSize: mostWaiting,
        }),
    ),
  });
  const tracer = provider.getTracer('orderline', service.version);
  return {
    begin: (piece, traceparent) => {
      const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
      const context = parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
      return beginIn(tracer, context, piece);
    },
    stop: async () => {
      await Promise.race([provider.shutdown().catch(() => undefined), afterPatience()]);
    },
  };
};

const exportersOf = ({ file, endpoint }: TraceSettings): SpanExporter[] => [
  ...(file === undefined ? [] : [spanFile(file)]),
  ...(endpoint === undefined
    ? []
    : [new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/u, '')}/v1/traces`, timeoutMillis: patienceMs })]),
];

const kinds: Record<NonNullable<Piece['kind']>, SpanKind> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

const beginIn = (tracer: Tracer, context: Context, piece: Piece): Work => {
  const { name, kind = 'internal', attributes = {}, startedAt } = piece;
  const span = tracer.startSpan(
    name,
    { kind: kinds[kind], attributes, ...(startedAt !== undefined && { startTime: startedAt }) },
    context,
  );
  return {
    traceparent: traceparentOf(span),
    begin: (part) => beginIn(tracer, trace.setSpan(context, span), part),
    end: (attributesAtEnd = {}, error) => {
      span.setAttributes(attributesAtEnd);
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
      span.end();
    },
  };
};

const traceparentOf = (span: Span): string => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
};

const afterPatience = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, patienceMs).unref();
  });
