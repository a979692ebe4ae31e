import { reportTables, verdictLine, type LoadResult } from '@orderline/load';
import colours from 'picocolors';
import { table } from '../screen/table.ts';

const mostShown = 100;

/** The report as a person reads it on a terminal; the line that counts comes last. */
export const printLoad = (result: LoadResult): string => {
  const { audit, faults, notes, ok } = result;
  const left = faults.length > mostShown ? [`  … and ${faults.length - mostShown} more in the JSON`] : [];
  return [
    ...reportTables(result).flatMap(({ title, head, rows }) => [`\n${colours.bold(title)}`, table(head, rows)]),
    '',
    ...notes.map((note) => `${colours.yellow('!')} ${note}`),
    ...faults.slice(0, mostShown).map((fault) => `${colours.red('✖')} ${fault}`),
    ...left,
    ...audited(audit),
    ok ? colours.green(verdictLine(result)) : colours.red(verdictLine(result)),
  ].join('\n');
};

const audited = ({ compared, orders, events, repeated, seconds }: LoadResult['audit']): string[] => {
  if (compared === 'nothing') return [];
  const places = compared === 'all' ? 'clients, event store, topic and read models' : 'clients and the topic';
  const repeats = repeated > 0 ? `, ${repeated} records only repeat others` : '';
  return [
    `${places} compared: ${orders.toLocaleString('en-US')} orders, ${events.toLocaleString('en-US')} events` +
      `${repeats}, in ${seconds.toFixed(1)} s`,
  ];
};
