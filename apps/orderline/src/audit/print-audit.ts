import type { AuditReport, Finding, FindingKind } from '@orderline/audit';

/** In the order and the words in which they are told. */
const kinds: readonly (readonly [FindingKind, string])[] = [
  ['lost', 'lost'],
  ['doubled', 'doubled'],
  ['outOfOrder', 'out of order'],
  ['divergent', 'divergent'],
  ['tampered', 'tampered'],
];

const mostShown = 100;

/** What was compared, the sums, and each finding on a line with what to do about it. */
export const printAudit = (report: AuditReport): string => {
  const { orders, events, seconds } = report;
  const lines = [
    `${orders} orders and ${events} events compared in ${seconds.toFixed(1)} s`,
    kinds.map(([kind, words]) => `${words} ${report[kind].length}`).join(', '),
    ...kinds.flatMap(([kind, words]) => shown(report[kind], (finding) => `  ${words}: ${findingLine(kind, finding)}`)),
    ...shown(
      report.parked,
      ({ orderId, where }) => `  parked: order ${orderId} in ${where}; see \`orderline parked show ${orderId}\``,
    ),
    ...report.behind.map(
      ({ where, orders: behind }) =>
        `  not read yet: ${behind} orders by ${where}; is it running? Look again when it has caught up`,
    ),
    ...notes(report),
  ];
  return lines.join('\n');
};

const shown = <T>(list: readonly T[], line: (one: T) => string): string[] => {
  const lines = list.slice(0, mostShown).map(line);
  return list.length > mostShown
    ? [...lines, `  … and ${list.length - mostShown} more; all of them with --json`]
    : lines;
};

const findingLine = (kind: FindingKind, finding: Finding): string => {
  const { orderId, version, where, what } = finding;
  return `order ${orderId} version ${version} in ${where} (${what}): ${adviceFor(kind, finding)}`;
};

/** What mends it, where something does. */
const adviceFor = (kind: FindingKind, { orderId, version, where }: Finding): string => {
  if (where === 'event-store') return 'compare with the topic and a backup; the store is not to be written by hand';
  if (where !== 'topic') return `orderline rebuild ${where.slice(where.indexOf('/') + 1)}`;
  switch (kind) {
    case 'lost':
    case 'outOfOrder':
      return `orderline republish ${orderId} --from ${version}`;
    case 'doubled':
    case 'divergent':
    case 'tampered':
      return 'store and topic tell different histories: docs/runbooks/restore.md';
  }
};

const notes = ({ repeated, unreadable, neverPublished, givenUp }: AuditReport): string[] => [
  ...(repeated > 0 ? [`  ${repeated} records of the topic only repeat others: harmless`] : []),
  ...(unreadable > 0
    ? [`  ${unreadable} records of the topic are no event of an order; readers park or skip them`]
    : []),
  ...shown(givenUp, ({ orderId, version, where }) => `  given up: order ${orderId} version ${version} in ${where}`),
  ...(neverPublished > 0 ? [`  ${neverPublished} orders of an older shape were never published`] : []),
];
