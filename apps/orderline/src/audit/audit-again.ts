import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditReport } from '@orderline/audit';
import { auditMetrics } from './audit-metrics.ts';

export type Continuous = {
  readonly audit: () => Promise<AuditReport>;
  readonly everySeconds: number;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly metricsPort: number;
  readonly say: (line: string) => void;
  readonly show: (report: AuditReport) => void;
  readonly signal: AbortSignal;
};

/** Audits again and again until the signal, and tells Prometheus how the last one ended. One that fails is tried again. */
export const auditAgain = async ({
  audit,
  everySeconds,
  metricsPort,
  say,
  show,
  signal,
}: Continuous): Promise<void> => {
  const metrics = auditMetrics();
  const server = createServer((_, response) => {
    void metrics.registry.metrics().then((text) => {
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
    });
  });
  await once(server.listen(metricsPort, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  say(`metrics on http://127.0.0.1:${port}/metrics, an audit every ${everySeconds} s until Ctrl-C`);
  try {
    while (!signal.aborted) {
      try {
        const report = await audit();
        metrics.done(report);
        show(report);
      } catch (error) {
        metrics.failed();
        process.exitCode = 1;
        say(`could not be audited: ${error instanceof Error ? error.message : String(error)}`);
      }
      await pause(everySeconds * 1_000, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
};
