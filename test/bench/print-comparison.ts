import type { ComparisonResult } from './measure-arms.ts';
import { mostForOthers } from './quiet-rounds.ts';

/** The result as a table: median, spread over the rounds, ratio to the arm it is set against; and what others did meanwhile. */
export const printComparison = ({ title, unit, against, arms, noise }: ComparisonResult): string => {
  const rows = [
    ['', `median ${unit}`, 'min', 'max', `× ${against}`],
    ...arms.map(({ name, median, min, max, ratio }) => [name, ...[median, min, max].map(figure), ratio.toFixed(2)]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  return [title, ...lines, ...sayNoise(noise)].join('\n');
};

const sayNoise = ({ coresOfOthers, repeated }: ComparisonResult['noise']): string[] => {
  const loud = coresOfOthers.filter((cores) => cores > mostForOthers);
  const cores = (list: readonly number[]): string => list.map((some) => some.toFixed(1)).join(', ');
  return [
    ...(repeated.length > 0
      ? [`done again, others took ${cores(repeated.map((one) => one.coresOfOthers))} cores`]
      : []),
    ...(loud.length > 0
      ? [`${loud.length} of ${coresOfOthers.length} rounds with others at work: ${cores(loud)} cores`]
      : []),
  ];
};

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
