import type { SecondOfLoad } from '@orderline/load';
import { expect, it } from 'vitest';
import { secondLine, secondTable, showLoad } from './show-load.ts';

const times = { count: 9, mean: 4, p50: 3.14, p90: 5, p99: 9.3, p999: 1_012, max: 1_013 };
const second: SecondOfLoad = {
  ...{ second: 65.2, wantedEvents: 1_160, events: 1_158.6, commands: 1_240, failures: 0, underWay: 7, cpu: 0.1 },
  ...{ command: times, late: times, record: { ...times, count: 0 }, visible: { 'order-summary': times } },
  lag: { 'order-command': 7, 'order-summary': 1_200 },
};

it('a line has the rate, the times and the largest lag', () => {
  expect(secondLine(second, 610)).toBe(
    '1:05 of 10:10  1,159 events/s (1,160 asked)  1,240 commands/s  command 3/9/1,012  record –  ' +
      'order-summary 3/9/1,012  ms  lag 1,200',
  );
  expect(secondLine({ ...second, failures: 3, record: undefined }, 610)).toContain('3 WITHOUT SUCCESS  command');
});

it('a table has a row for each hop, also for one of which nothing was seen', () => {
  const lines = secondTable(second, 610).split('\n');
  expect(lines.slice(3).map((line) => line.trim().split(/ {2,}/u))).toEqual([
    ['command', '3.1', '9.3', '1,012.0', '7'],
    ['record', '–', '–', '–', '–'],
    ['order-summary', '3.1', '9.3', '1,012.0', '1,200'],
  ]);
});

it('a log gets a line every ten seconds, a terminal the newest in place', () => {
  const written: string[] = [];
  const output = (isTTY: boolean) =>
    ({ isTTY, write: (text: string) => written.push(text) }) as unknown as NodeJS.WriteStream;
  const log = showLoad(output(false), 610);
  for (const at of [1, 2, 9, 11, 12]) log({ ...second, second: at });
  expect(written.map((line) => line.slice(0, 4))).toEqual(['0:01', '0:11']);
  const screen = showLoad(output(true), 610);
  for (const at of [1, 2]) screen({ ...second, second: at });
  expect(written.at(-1)).toMatch(/^\u001B\[6A\r\u001B\[J0:02/u);
});
