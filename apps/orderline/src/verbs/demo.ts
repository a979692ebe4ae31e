import { databaseUrl, viewStack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { printDemo } from '../demo/print-demo.ts';
import { runDemo, type DemoResult, type DemoSettings } from '../demo/run-demo.ts';
import { runStack } from '../run-stack.ts';
import { toldToStop } from '../until-told-to-stop.ts';

type DemoOptions = { readonly orders: string; readonly json?: boolean };

export const demo = (program: Command): void => {
  program
    .command('demo')
    .description('real orders through every path of the lifecycle, compared with every read model')
    .option('--orders <n>', 'how many', '136')
    .option('--json', 'the result as JSON in the last line')
    .action(showDemo);
};

const showDemo = async (options: DemoOptions): Promise<void> => {
  const orders = Number(options.orders);
  if (!Number.isInteger(orders) || orders < 1) throw new Error(`--orders is a number of orders, not ${options.orders}`);
  const result = await onStack((target) => runDemo({ orders, ...target, say: (line) => console.log(line) }));
  const { problems, ...summary } = result;
  console.log(`\n${printDemo(result)}`);
  if (options.json === true) console.log(JSON.stringify(summary));
  process.exitCode = result.ok && problems.length === 0 ? 0 : 1;
};

type Target = Pick<DemoSettings, 'urls' | 'kafkaBrokers' | 'ordersUrl'>;

/** On the stack that runs; when none does, on one that is started for it and stopped after it. */
const onStack = async (run: (target: Target) => Promise<DemoResult>): Promise<DemoResult> => {
  const config = readConfig();
  const { supervisor, addresses, ports } = viewStack(config.stack, config.env);
  const urlOf = (app: keyof Target['urls']): string => `http://127.0.0.1:${ports[app]}`;
  const target = {
    urls: {
      'order-command': urlOf('order-command'),
      'order-summary': urlOf('order-summary'),
      'restaurant-dashboard': urlOf('restaurant-dashboard'),
      'customer-history': urlOf('customer-history'),
      analytics: urlOf('analytics'),
    },
    kafkaBrokers: [...addresses.kafkaBrokers],
    ordersUrl: databaseUrl(addresses, 'orders', 'orders_owner'),
  };
  if (supervisor?.ready === true) return run(target);
  const signal = toldToStop();
  const stack = await runStack(config, { output: process.stdout, signal });
  try {
    return await Promise.race([run(target), rejectedBy(signal)]);
  } finally {
    await stack.stop();
  }
};

const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
