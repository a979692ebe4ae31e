import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackApps, startStack, type StepReport } from '@orderline/local-stack';
import type { TestProject } from 'vitest/node';
import { guard } from './guardian.ts';
import './provided.ts';
import { startServersInDocker } from './servers-in-docker.ts';

const name = 'test';
const env: NodeJS.ProcessEnv = { ...process.env, ORDERLINE_PORT_OFFSET: '10000' };

/** The whole stack for the pipeline specs of a run, under a name and on ports of its own; stopped at the end, whatever happened. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  guard(name);
  const inDocker = env['ORDERLINE_STACK'] === 'docker';
  const stopServers = inDocker ? await startServersInDocker(name, env) : undefined;
  const traces = mkdtempSync(join(tmpdir(), 'orderline-traces-'));
  const tracesFile = join(traces, 'spans');
  // Told are only the traces that a spec asks for.
  const tracing = { ORDERLINE_TRACES: tracesFile, OTEL_TRACES_SAMPLER_ARG: '0' };
  const stack = await startStack({
    name,
    env,
    mode: inDocker ? 'external' : 'native',
    fresh: true,
    appEnv: Object.fromEntries(stackApps.map((app) => [app.name, tracing])),
    onStep: sayWhatTakesTime,
    onNotice: (notice) => console.log(notice),
  });
  const { addresses, urls, folder } = stack;
  const ordersUrl = new URL(addresses.adminUrl);
  ordersUrl.pathname = '/orders';
  provide('stack', {
    commandUrl: urls['order-command'] ?? '',
    summaryUrl: urls['order-summary'] ?? '',
    appUrls: urls,
    kafkaBrokers: [...addresses.kafkaBrokers],
    registryUrl: addresses.registryUrl,
    connectUrl: addresses.connectUrl,
    ordersUrl: ordersUrl.href,
    pidFolder: folder.pids,
    tracesFile,
  });
  return async () => {
    await stack.stop();
    await stopServers?.();
    rmSync(traces, { recursive: true });
  };
};

const sayWhatTakesTime = (report: StepReport): void => {
  if (report.state === 'done' && report.seconds > 1) console.log(`${report.title}: ${report.seconds.toFixed(1)} s`);
};
