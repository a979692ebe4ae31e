import { table } from '../screen/table.ts';
import type { DemoResult } from './run-demo.ts';

/** The demo's result as a person reads it. */
export const printDemo = (result: DemoResult): string => {
  const hops = Object.entries(result.latencyMs).map(([hop, { p50, p99 }]) => [hop, figure(p50), figure(p99)]);
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

const figure = (milliseconds: number): string => milliseconds.toFixed(1).padStart(6);
