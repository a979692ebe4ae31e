import type { SecondOfLoad } from '@orderline/load';
import { table } from '../screen/table.ts';

type Times = { readonly count: number; readonly p50: number; readonly p99: number; readonly p999: number };
type Row = { readonly name: string; readonly times: Times | undefined; readonly hop?: string };

const digits = (value: number, after = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: after, maximumFractionDigits: after });

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

const head = (second: SecondOfLoad, total: number): string =>
  [
    `${clock(second.second)} of ${clock(total)}`,
    `${digits(second.events)} events/s (${digits(second.wantedEvents)} asked)`,
    `${digits(second.commands)} commands/s`,
    ...(second.failures > 0 ? [`${digits(second.failures)} WITHOUT SUCCESS`] : []),
  ].join('  ');

const rowsOf = ({ command, record, visible }: SecondOfLoad): Row[] => [
  { name: 'command', times: command, hop: 'order-command' },
  { name: 'record', times: record, hop: 'relay and Kafka' },
  ...Object.entries(visible).map(([name, times]) => ({ name, times, hop: name })),
];

/** One second of a load in a line, for logs and pipes; times are p50/p99/p99.9. */
export const secondLine = (second: SecondOfLoad, total: number): string => {
  const seen = rowsOf(second).flatMap(({ name, times }) =>
    times === undefined ? [] : [`${name} ${times.count === 0 ? '–' : inOne(times)}`],
  );
  const lag = Math.max(0, ...Object.values(second.lag));
  return [head(second, total), ...seen, `ms  lag ${digits(lag)}`].join('  ');
};

const inOne = ({ p50, p99, p999 }: Times): string => [p50, p99, p999].map((ms) => digits(ms)).join('/');

/** One second of a load as a table, for a terminal. */
export const secondTable = (second: SecondOfLoad, total: number): string => {
  const rows = rowsOf(second).map(({ name, times, hop = name }) => {
    const lag = second.lag[hop];
    const quantiles = times === undefined || times.count === 0 ? ['–', '–', '–'] : [times.p50, times.p99, times.p999];
    const cells = quantiles.map((ms) => (typeof ms === 'string' ? ms : digits(ms, 1)).padStart(9));
    return [name, ...cells, (lag === undefined ? '–' : digits(lag)).padStart(9)];
  });
  const titles = ['p50 ms', 'p99 ms', 'p99.9 ms', 'lag'].map((title) => title.padStart(9));
  return `${head(second, total)}\n${table(['the last second', ...titles], rows)}`;
};

const everySeconds = 10;

/** Shows each second in place on a terminal; elsewhere a line now and then. */
export const showLoad = (output: NodeJS.WriteStream, total: number): ((second: SecondOfLoad) => void) => {
  let next = 0;
  let up = '';
  return (second) => {
    if (output.isTTY) {
      const text = secondTable(second, total);
      output.write(`${up}\u001B[J${text}\n`);
      up = `\u001B[${text.split('\n').length}A\r`;
    } else if (second.second >= next) {
      next = second.second + everySeconds;
      output.write(`${secondLine(second, total)}\n`);
    }
  };
};
