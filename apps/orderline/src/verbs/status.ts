import { stackHealth, viewStack, type PartHealth, type StackView } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { table } from '../screen/table.ts';

export const status = (program: Command): void => {
  program
    .command('status')
    .description('what runs, where, as which process, and where its log is; exit code 1 unless all of it answers')
    .option('--json', 'as JSON')
    .action(showStatus);
};

const showStatus = async ({ json = false }: { json?: boolean }): Promise<void> => {
  const { env, stack } = readConfig();
  const view = viewStack(stack, env);
  const parts = await stackHealth(view);
  const ok = parts.every(({ answers }) => answers);
  if (json) {
    console.log(JSON.stringify({ ok, mode: view.mode, supervisor: view.supervisor ?? null, parts }));
  } else {
    console.log(whoRunsIt(view, parts));
    const rows = parts.map((part) => [
      part.name,
      part.answers ? 'answers' : 'does not answer',
      part.address,
      part.pid === undefined ? '' : String(part.pid),
      part.logFile,
    ]);
    console.log(table(['part', 'state', 'address', 'process', 'log'], rows));
  }
  process.exitCode = ok ? 0 : 1;
};

const whoRunsIt = ({ supervisor }: StackView, parts: readonly PartHealth[]): string => {
  if (supervisor !== undefined) return `Supervised by process ${supervisor.pid} since ${supervisor.startedAt}.`;
  const left = parts.some(({ pid }) => pid !== undefined);
  return left ? 'A killed run has left processes; the next start, or `down`, stops them.' : 'Not running.';
};
