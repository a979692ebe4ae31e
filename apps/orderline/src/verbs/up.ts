import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { viewStack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig, type ToolConfig } from '../config.ts';

export const up = (program: Command): void => {
  program.command('up').description('start the stack in the background; `down` stops it').action(startInBackground);
};

/** The supervisor goes on by itself, as another `start` whose output is a log; this process shows it until all is ready. */
const startInBackground = async (): Promise<void> => {
  const config = readConfig();
  const { supervisor, folder } = viewStack(config.stack, config.env);
  if (supervisor !== undefined) {
    console.log(`The stack runs already, as process ${supervisor.pid} since ${supervisor.startedAt}.`);
    return;
  }
  mkdirSync(folder.logs, { recursive: true });
  const logFile = join(folder.logs, 'supervisor.log');
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'start'], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
  };
  child.once('exit', end).once('error', end);
  if (!(await showUntilReady(config, logFile, ended.signal))) {
    throw new Error(`the stack did not start; what it said is above and in ${logFile}`);
  }
  child.unref();
  console.log(`It runs in the background as process ${String(child.pid)}; npm run orderline -- down stops it.`);
};

/** Prints what the log gets until the stack is ready; false when its process ended before. */
const showUntilReady = async (config: ToolConfig, logFile: string, ended: AbortSignal): Promise<boolean> => {
  for (let shown = 0; ;) {
    const over = ended.aborted;
    const ready = viewStack(config.stack, config.env).supervisor?.ready === true;
    const text = readFileSync(logFile, 'utf8');
    process.stdout.write(text.slice(shown));
    shown = text.length;
    if (over || ready) return ready;
    await pause(100);
  }
};
