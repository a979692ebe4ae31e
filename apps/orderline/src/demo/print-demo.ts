import type { DemoResult } from './run-demo.ts';

/** The demo's result as a person reads it. */
export const printDemo = (result: DemoResult): string => {
  const hops = Object.entries(result.latencyMs).map(([hop, { p50, p99 }]) => [hop, p50.toFixed(1), p99.toFixed(1)]);
  const models = Object.entries(result.projections).map(([name, { ok, orders, mismatches }]) => [
    name,
    String(orders),
    String(mismatches),
    ok ? 'ok' : 'DIFFERS',
  ]);
  return [
    `${result.orders} orders, ${result.events} events`,
    '',
    table(['hop', 'p50 ms', 'p99 ms'], hops),
    '',
    table(['projection', 'orders', 'mismatches', ''], models),
    '',
    ...result.problems.slice(0, 20),
    result.ok ? 'All answers and all read models agree.' : `${result.problems.length} problems.`,
  ].join('\n');
};

const table = (head: string[], rows: string[][]): string => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
};
