import type { BreakingChange } from '@orderline/contracts/governance';
import type { SchemaReport } from './check-schemas.ts';
import type { RegistryReview } from './compare-registry.ts';
import type { Impact } from './impact.ts';

const list = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

const failing = ({ apps, projections }: Impact, { path, silent }: BreakingChange): string => {
  const users = `${path === '' ? 'using the event' : `reading ${path}`}: ${list(projections)}`;
  return silent ? `Projectors that go wrong, ${users}` : `Projectors that fail: ${list(apps)}; ${users}`;
};

const breakingLines = (change: BreakingChange, impact: Impact): string[] => {
  const against = change.versions.length > 0 ? ` (against version ${change.versions.join(', ')})` : '';
  return [
    `BREAKING  ${change.type}${against}: ${change.what}`,
    `          Breaks: ${change.breaks}`,
    `          ${failing(impact, change)}`,
    `          Instead: ${change.instead}`,
  ];
};

const registryLines = (review: RegistryReview | undefined): string[] => {
  if (review === undefined) return [];
  if (!review.reachable) return [`not compared with the registry: ${review.why}`];
  const { registered, waiting, refused } = review;
  return [
    ...refused.flatMap(({ subject, reasons }) => [
      `BREAKING  the registry refuses ${subject}:`,
      ...reasons.map((reason) => `          ${reason}`),
    ]),
    `registry: ${registered.length} subjects have the present schema, ${waiting.length} would take it, ${refused.length} refuse it`,
  ];
};

/** The report as lines for a person. */
export const reportLines = (report: SchemaReport): string[] => {
  const { samples, projections, withoutGolden, eventTable } = report;
  return [
    ...report.breaking.flatMap(({ change, impact }) => breakingLines(change, impact)),
    ...report.faults.map((fault) => `WRONG     ${fault}`),
    ...report.harmless.map((what) => `harmless  ${what}`),
    ...withoutGolden.map(
      (name) => `${name} has no golden state yet: \`npm run orderline -- schemas check --accept\` writes it`,
    ),
    ...registryLines(report.registry),
    ...(eventTable?.faults.map((fault) => `WRONG     ${fault}`) ?? []),
    ...(eventTable
      ? [`event table: ${eventTable.kinds.length} kinds of events, ${eventTable.faults.length} faults`]
      : []),
    `${samples} samples of every published version, read by ${projections} projections`,
    `${report.breaking.length} breaking changes, ${report.harmless.length} harmless ones, ${report.faults.length} faults`,
  ];
};
