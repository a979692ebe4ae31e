import { startStack, type StepReport } from '@orderline/local-stack';
import type { TestProject } from 'vitest/node';
import './provided.ts';

const portOffset = 10_000;

/** The whole stack for the pipeline specs of a run, under a name and on ports of its own; stopped at the end, whatever happened. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const stack = await startStack({
    name: 'test',
    fresh: true,
    portOffset,
    onStep: sayWhatTakesTime,
    onNotice: (notice) => console.log(notice),
  });
  const { addresses, urls, folder } = stack;
  const ordersUrl = new URL(addresses.adminUrl);
  ordersUrl.pathname = '/orders';
  provide('stack', {
    commandUrl: urls['order-command'] ?? '',
    summaryUrl: urls['order-summary'] ?? '',
    kafkaBrokers: [...addresses.kafkaBrokers],
    registryUrl: addresses.registryUrl,
    connectUrl: addresses.connectUrl,
    ordersUrl: ordersUrl.href,
    pidFolder: folder.pids,
  });
  return () => stack.stop();
};

const sayWhatTakesTime = (report: StepReport): void => {
  if (report.state === 'done' && report.seconds > 1) console.log(`${report.title}: ${report.seconds.toFixed(1)} s`);
};
