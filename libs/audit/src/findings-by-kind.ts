import type { Finding, FindingKind, KindFinding } from './audit-report.ts';

/** Each kind's findings by order and version. */
export const findingsByKind = (findings: readonly KindFinding[]): Record<FindingKind, Finding[]> => {
  const lists: Record<FindingKind, Finding[]> = { lost: [], doubled: [], outOfOrder: [], divergent: [], tampered: [] };
  for (const { kind, ...finding } of findings.toSorted(byOrder)) lists[kind].push(finding);
  return lists;
};

const byOrder = (a: Finding, b: Finding): number =>
  a.orderId.localeCompare(b.orderId) || a.version - b.version || a.where.localeCompare(b.where);
