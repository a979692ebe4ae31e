import { findingKinds, type AuditReport } from '@orderline/audit';
import { Counter, Gauge, Registry } from 'prom-client';

export type AuditMetrics = {
  readonly registry: Registry;
  done(report: AuditReport): void;
  /** One of the places could not be read. */
  failed(): void;
};

/** `orderline_audit_*`: what the last run that came to its end found, and how many did not come to theirs. */
export const auditMetrics = (): AuditMetrics => {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `orderline_audit_${name}`, help, labelNames, registers: [registry] });
  const ok = gauge(
    'ok',
    '1 when the last audit found nothing, 0 when it did; left out when it did not come to its end',
  );
  const lastRun = gauge('last_run_timestamp_seconds', 'When the last audit ended');
  const duration = gauge('duration_seconds', 'How long the last audit took');
  const findings = gauge('findings', 'What the last audit found', ['kind']);
  const events = gauge('events', 'Stored events that the last audit compared');
  const behind = gauge('behind_orders', 'Orders that a read model had not read yet', ['where']);
  const parked = gauge('parked_orders', 'Orders parked in read models');
  const failures = new Counter({
    name: 'orderline_audit_failures_total',
    help: 'Audits that could not read one of the places',
    registers: [registry],
  });
  // Neither yes nor no before there was one.
  ok.remove();
  return {
    registry,
    done: (report) => {
      ok.set(report.ok ? 1 : 0);
      lastRun.setToCurrentTime();
      duration.set(report.seconds);
      events.set(report.events);
      parked.set(report.parked.length);
      for (const kind of findingKinds) findings.set({ kind }, report[kind].length);
      behind.reset();
      for (const { where, orders } of report.behind) behind.set({ where }, orders);
    },
    failed: () => {
      ok.remove();
      failures.inc();
    },
  };
};
