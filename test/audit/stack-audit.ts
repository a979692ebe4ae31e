import { findingKinds, runAudit, type AuditOptions, type AuditReport, type FindingKind } from '@orderline/audit';
import { expect, inject } from 'vitest';
import { databaseUrlOf, projectorNames, projectors } from '../invariants/projectors.ts';

const asAuditor = (database: string): string => {
  const url = new URL(databaseUrlOf(database));
  [url.username, url.password] = ['orders_auditor', 'orderline'];
  return url.href;
};

/** What there is to be audited in this run's stack, as the role that it has there. */
export const stackPlaces = (change: Partial<AuditOptions> = {}): AuditOptions => {
  const { kafkaBrokers, registryUrl } = inject('stack');
  return {
    ordersUrl: asAuditor('orders'),
    kafkaBrokers,
    registryUrl,
    readModels: projectorNames.map((app) => ({ app, databaseUrl: asAuditor(projectors[app].database) })),
    ...change,
  };
};

export const stackAudit = (change: Partial<AuditOptions> = {}): Promise<AuditReport> => runAudit(stackPlaces(change));

export const clean = { ok: true, lost: [], doubled: [], outOfOrder: [], divergent: [], tampered: [], behind: [] };

type Place = [orderId: string, version: number, where: string];

/** A report of exactly these findings. */
export const caught = (findings: Partial<Record<FindingKind, Place[]>>): AuditReport => {
  const lists = findingKinds.map((kind) => {
    const list = (findings[kind] ?? []).map(([orderId, version, where]) => ({ orderId, version, where }));
    return [kind, list.map((finding) => expect.objectContaining(finding) as unknown)];
  });
  return expect.objectContaining({ ok: false, ...Object.fromEntries(lists) }) as AuditReport;
};
