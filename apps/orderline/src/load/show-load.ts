import type { SecondOfLoad } from '@orderline/load';

type Times = { readonly count: number; readonly p50: number; readonly p99: number; readonly p999: number };

const ms = ({ count, p50, p99, p999 }: Times): string =>
  count === 0 ? '–' : [p50, p99, p999].map((value) => value.toFixed(0)).join('/');

/** One second of a load in a line; times are p50/p99/p99.9. */
export const secondLine = (second: SecondOfLoad, total: number): string => {
  const { events, wantedEvents, commands, failures, underWay, command, record, visible, lag } = second;
  const behind = Math.max(0, ...Object.values(lag));
  return [
    `${clock(second.second)} of ${clock(total)}`,
    `${events.toFixed(0)} events/s (${wantedEvents.toFixed(0)} asked)`,
    `${commands.toFixed(0)} commands/s`,
    ...(failures > 0 ? [`${failures} WITHOUT SUCCESS`] : []),
    `command ${ms(command)} ms`,
    ...(record === undefined ? [] : [`record ${ms(record)}`]),
    ...Object.entries(visible).map(([name, times]) => `${name} ${ms(times)}`),
    `under way ${underWay}`,
    `lag ${behind.toFixed(0)}`,
  ].join('  ');
};

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

const everySeconds = 10;

/** Shows each second in place on a terminal; elsewhere a line now and then. */
export const showLoad = (output: NodeJS.WriteStream, total: number): ((second: SecondOfLoad) => void) => {
  let next = 0;
  let shown = 0;
  return (second) => {
    const line = secondLine(second, total);
    if (output.isTTY) {
      output.write(`${shown > 0 ? `\u001B[${shown}A` : ''}\r\u001B[J${line}\n`);
      shown = Math.ceil(line.length / Math.max(1, output.columns));
    } else if (second.second >= next) {
      next = second.second + everySeconds;
      output.write(`${line}\n`);
    }
  };
};
