import { findingKinds, type AuditReport, type Finding } from '@orderline/audit';

const place = ({ orderId, version, where }: Finding): Omit<Finding, 'what'> => ({ orderId, version, where });

/** The contract's `Audit`, on one line. */
export const auditJson = (report: AuditReport): string => {
  const { ok, orders, events, seconds } = report;
  const lists = Object.fromEntries(findingKinds.map((kind) => [kind, report[kind].map(place)]));
  return JSON.stringify({
    ok,
    orders,
    events,
    ...lists,
    parked: report.parked.map(place),
    givenUp: report.givenUp.map(place),
    behind: report.behind,
    seconds,
  });
};
