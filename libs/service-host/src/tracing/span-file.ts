import { appendFile } from 'node:fs/promises';
import { ExportResultCode } from '@opentelemetry/core';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

/**
 * Appends spans to a file as OTLP JSON, a line for each group of spans, as a collector's otlpjsonfile receiver reads it.
 * Each line is one write at the end of the file, so that processes may share it.
 */
export const spanFile = (path: string): SpanExporter => ({
  export: (spans, done) => {
    const bytes = JsonTraceSerializer.serializeRequest(spans) ?? new Uint8Array();
    appendFile(path, Buffer.concat([bytes, Buffer.from('\n')])).then(
      () => {
        done({ code: ExportResultCode.SUCCESS });
      },
      (error: unknown) => {
        done({ code: ExportResultCode.FAILED, error: error instanceof Error ? error : new Error(String(error)) });
      },
    );
  },
  shutdown: () => Promise.resolve(),
});
