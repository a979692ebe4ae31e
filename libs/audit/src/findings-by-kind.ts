import type { Finding, FindingKind, KindFinding } from './audit-report.ts';

/** Each kind's findings by order and version; what was found of one version in one place is one finding. */
export const findingsByKind = (findings: readonly KindFinding[]): Record<FindingKind, Finding[]> => {
  const lists: Record<FindingKind, Finding[]> = { lost: [], doubled: [], outOfOrder: [], divergent: [], tampered: [] };
  const alike = Map.groupBy(findings, ({ kind, orderId, version, where }) => [kind, orderId, version, where].join(' '));
  const merged = [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, what: [...new Set([first, ...others].map(({ what }) => what))].join('; ') }],
  );
  for (const { kind, ...finding } of merged.toSorted(byOrder)) lists[kind].push(finding);
  return lists;
};

const byOrder = (a: Finding, b: Finding): number =>
  a.orderId.localeCompare(b.orderId) || a.version - b.version || a.where.localeCompare(b.where);
