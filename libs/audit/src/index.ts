export type { AuditOptions, AuditPart, ReadModel } from './audit-options.ts';
export { findingKinds } from './audit-report.ts';
export type { AuditReport, Finding, FindingKind } from './audit-report.ts';
export { findLost } from './find-lost.ts';
export { runAudit } from './run-audit.ts';
