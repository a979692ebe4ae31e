import { lengthOf, runLoad, saveReport, type LoadResult, type LoadTarget } from '@orderline/load';
import { viewStack } from '@orderline/local-stack';
import { Option, type Command } from 'commander';
import { readConfig } from '../config.ts';
import { planOf, type LoadFlags } from '../load/plan-of.ts';
import { printLoad } from '../load/print-load.ts';
import { showLoad } from '../load/show-load.ts';
import { localTarget, namedTarget, type TargetFlags } from '../load/target-of.ts';
import { toldAgain } from '../load/told-again.ts';
import { runStack } from '../run-stack.ts';
import { toldToStop } from '../until-told-to-stop.ts';

type Flags = LoadFlags & TargetFlags & { readonly json?: boolean; readonly out: string };

export const load = (program: Command): void => {
  const command = program
    .command('load')
    .description(
      'orders at a rate that waits for nobody, with an audit at the end; 1 unless all is sound and no lag grows',
    )
    .option('--rate <n>', 'events a second that commands are to bring about: 1160 is a hundred million a day', '100')
    .option('--commands', 'the rate is of commands instead, refused and repeated ones among them')
    .option('--duration <time>', 'at that rate: 60s, 10m, 1h (default: 60s, or the whole day)')
    .option('--ramp <time>', 'before that: the rate climbs for so long; not in the figures, but audited', '10s')
    .option('--day <n>', 'events of a day with its lunch and dinner, instead of a rate: 10M')
    .option('--compress <n>', 'with --day: its hours pass so many times as fast, at the rates of the day', '60')
    .option('--seed <n>', 'the same seed gives the same orders')
    .option('--customers <n>', 'how many there are', '100k')
    .option('--restaurants <n>', 'how many there are', '1000')
    .option('--skew <n>', 'of customers and restaurants: 0 all alike, 1 a few do most of the trade (Zipf)', '0.8')
    .option('--open <n>', 'orders with steps to come, once the load has gone on for long enough', '20k');
  for (const option of measuring) command.addOption(option);
  command.action(run);
};

const measuring = [
  new Option('--connections <n>', 'most connections to order-command').default('512'),
  new Option('--samples <n>', 'accepted commands a second that are looked for in the read models').default('10'),
  new Option(
    '--command-url <url>',
    'of an order-command that is not the local one; the audit is then of the topic alone',
  ),
  new Option('--projector <name=url>', 'with --command-url, as often as there are projectors')
    .default([])
    .argParser((one: string, others: readonly string[]) => [...others, one]),
  new Option('--brokers <list>', 'with --command-url: host:port,host:port of Kafka'),
  new Option('--no-audit', 'without comparing the databases; the topic is still held to what clients were told'),
  new Option('--settle <time>', 'how long relay and projectors may take for what was written last').default('60s'),
  new Option('--out <folder>', 'where the report goes').default('load-results'),
  new Option('--json', 'the result as JSON in the last line, without its seconds'),
];

const run = async (flags: Flags): Promise<void> => {
  const plan = planOf(flags);
  const named = namedTarget(flags);
  const signal = toldToStop();
  const hurry = toldAgain(signal);
  const onTarget = (target: LoadTarget): Promise<LoadResult> => {
    console.log(`seed ${plan.seed}; ${target.commandUrl}; Ctrl-C ends the load, and audits what was done`);
    const onSecond = showLoad(process.stdout, lengthOf(plan.profile));
    return runLoad(plan, target, { signal, hurry, onSecond, say: (line) => console.log(line) });
  };
  const result =
    named === undefined ? await onStack(signal, () => onTarget(localTarget(flags))) : await onTarget(named);
  tell(result, flags);
};

/** On the stack that runs; when none does, on one that is started for it and stopped after it. */
const onStack = async (signal: AbortSignal, onTarget: () => Promise<LoadResult>): Promise<LoadResult> => {
  const config = readConfig();
  if (viewStack(config.stack, config.env).supervisor?.ready === true) return onTarget();
  const stack = await runStack(config, { output: process.stdout, signal });
  try {
    return await onTarget();
  } finally {
    await stack.stop();
  }
};

const tell = (result: LoadResult, { out, json = false }: Flags): void => {
  const files = saveReport(result, out);
  console.log(`${printLoad(result)}\n${files.page}\n${files.json}`);
  if (json) console.log(JSON.stringify({ ...result, series: undefined }));
  process.exitCode = result.ok ? 0 : 1;
};
