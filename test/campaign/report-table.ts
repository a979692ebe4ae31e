import { recoverWithinMs } from './fault-catalogue.ts';
import type { CampaignReport } from './run-campaign.ts';
import type { EpisodeOutcome, Injected } from './run-episode.ts';
import { partOf } from './schedule.ts';

type Row = {
  readonly name: string;
  times: number;
  readonly recoveries: number[];
  withinMs: number;
  late: number;
  commands: number;
  answered: number;
};

/**
 * How often each was struck, and how long it took until everything was back. Where different faults struck at once, that is
 * of all of them together, and counts for none.
 */
const rowsOf = (episodes: readonly EpisodeOutcome[], nameOf: (fault: Injected) => string): Row[] => {
  const rows = new Map<string, Row>();
  for (const { faults, recovery, commands, answered } of episodes) {
    const isOneKind = new Set(faults.map(({ kind }) => kind)).size === 1;
    for (const fault of faults.filter(({ failed }) => failed === undefined)) {
      const name = nameOf(fault);
      const row = rows.get(name) ?? { name, times: 0, recoveries: [], withinMs: 0, late: 0, commands: 0, answered: 0 };
      rows.set(name, row);
      row.times += 1;
      const withinMs = recoverWithinMs(fault.kind, fault.target);
      row.withinMs = Math.max(row.withinMs, withinMs);
      if (!isOneKind) continue;
      row.recoveries.push(recovery.tookMs);
      row.commands += commands;
      row.answered += answered;
      if (recovery.tookMs > withinMs) row.late += 1;
    }
  }
  return [...rows.values()].toSorted((one, other) => one.name.localeCompare(other.name));
};

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : (ms / 1_000).toFixed(1));

const lineOf = ({ name, times, recoveries, withinMs, late, commands, answered }: Row): string[] => {
  const sorted = recoveries.toSorted((a, b) => a - b);
  const share = commands === 0 ? '–' : percent(answered / commands);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return [name, String(times), seconds(middle), seconds(sorted.at(-1)), String(withinMs / 1_000), String(late), share];
};

const tableOf = (first: string, rows: readonly Row[]): string => {
  const header = [first, 'times', 'back after p50, s', 'max, s', 'promised, s', 'later', 'answered at once'];
  const lines = rows.map(lineOf);
  const widths = header.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [row(header), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
};

const loadLines = ({ load, burst }: CampaignReport): string[] => {
  const of = (count: number): string => `${count} (${percent(count / Math.max(1, load.commands))})`;
  const { first } = load;
  return [
    `- ${load.commands} commands fell due; ${percent(load.answeredAtOnce)} were answered by their first request, ${percent(load.answeredInTheEnd)} in the end, sent again under the same key.`,
    `- First requests: accepted ${of(first.accepted)}, lawfully refused ${of(first.refused)}, 429 ${of(first['too busy'])}, 503 ${of(first.unavailable)}, other 5xx ${of(first['server error'])}, no answer within 5 s or a broken connection ${of(first.unanswered)}.`,
    `- Answers by the first request took p50 ${load.latencyMs.p50} ms, p99 ${load.latencyMs.p99} ms from the moment the command fell due.`,
    `- Burst of ${burst.ratePerSecond} commands/s for ${burst.seconds} s, ten times the rate: ${burst.report.commands} commands, of whose first requests ${burst.report.first['too busy']} were refused with 429 and ${burst.report.first.unavailable} with 503; a new order was in all four read models, ${seconds(burst.drainedMs)} s after it.`,
  ];
};

/** Faults that could not be done, or not to their end, each kind and reason once. */
const notDoneLines = (faults: readonly Injected[]): string[] => {
  const failed = faults.filter((fault) => fault.failed !== undefined);
  const alike = Map.groupBy(failed, ({ kind, failed: why = '' }) => `${kind}: ${why.split('\n')[0] ?? ''}`);
  return failed.length === 0
    ? []
    : ['', 'Not done:', ...[...alike].map(([what, list]) => `- ${list.length} × ${what}`)];
};

/** What speaks against the zeros below it; nothing where the run was passed. */
const amissLines = ({ ok, verdicts, episodes, load }: CampaignReport): string[] => {
  const unmade = verdicts.filter((verdict) => verdict.unmade !== undefined).length;
  const wrong = [
    ...(unmade > 0 ? [`${unmade} of ${verdicts.length} verdicts could not be made`] : []),
    ...verdicts.flatMap(({ findings }) => findings),
    ...episodes.flatMap(({ recovery: { amiss } }) => (amiss === undefined ? [] : [`not back by itself: ${amiss}`])),
    ...episodes.flatMap(({ faults }) =>
      faults.flatMap(({ kind, notKept }) => (notKept === undefined ? [] : [`${kind}: ${notKept}`])),
    ),
    ...[...load.unsettled].map((orderId) => `order ${orderId}: the outcome of a command was never learned`),
    ...load.surprises,
  ];
  return ok ? [] : ['**Not passed.**', '', ...wrong.slice(0, 50).map((line) => `- ${line}`), ''];
};

/** What docs/reliability.md says of a run. */
export const reportText = (report: CampaignReport): string => {
  const { seed, minutes, episodes, verdicts, deaths } = report;
  const faults = episodes.flatMap((episode) => episode.faults);
  const done = faults.filter(({ failed }) => failed === undefined);
  const last = verdicts.at(-1);
  const sum = (of: 'lost' | 'doubled' | 'outOfOrder' | 'divergent'): number =>
    verdicts.reduce((most, verdict) => Math.max(most, verdict[of]), 0);
  return [
    `Seed ${seed}, ${minutes} minutes: ${done.length} faults of ${new Set(done.map(({ kind }) => kind)).size} kinds in ${episodes.length} episodes; parts died ${deaths} times.`,
    ...notDoneLines(faults),
    '',
    ...amissLines(report),
    `**lost ${sum('lost')}, doubled ${sum('doubled')}, out of order ${sum('outOfOrder')}, divergent ${sum('divergent')}** in ${verdicts.length} verdicts, the last over ${last?.orders ?? 0} orders and ${last?.events ?? 0} events; ${last?.repeated ?? 0} records were sent by the relay more than once and shed by every reader.`,
    '',
    ...loadLines(report),
    '',
    tableOf(
      'fault',
      rowsOf(episodes, ({ kind }) => kind),
    ),
    '',
    tableOf(
      'struck',
      rowsOf(episodes, ({ target }) => partOf(target)),
    ),
    '',
  ].join('\n');
};
