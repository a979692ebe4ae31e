/**
 * What every npm script of this repository goes through: `node infra/local/bootstrap.mjs <verb…>`, or `run <file> [args]`.
 * Plain JavaScript on Node 20 or later, with nothing installed: it checks what the machine must have, installs what the
 * clone lacks, then hands over to the command-line tool (or the file) on the Node that came with the install.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIfNeeded } from './bootstrap/install.mjs';
import { assertPython, chooseStack, needsPython, needsStack } from './bootstrap/prerequisites.mjs';

const repository = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/u, '');
const words = process.argv.slice(2);

const stopWith = (message) => {
  console.error(message);
  process.exit(1);
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  stopWith(`Node 20.19 or later is needed to begin with; this is ${process.version}.`);

/** The Node to go on with: the one that came with the install, else this one if it is new enough. */
const nodeToUse = () => {
  const own = join(repository, 'node_modules', '.bin', 'node');
  if (existsSync(own) && spawnSync(own, ['--version']).status === 0) return own;
  if (major > 22 || (major === 22 && minor >= 22)) return process.execPath;
  return stopWith(`Node 22.22 or later is needed on ${process.platform} ${process.arch}; this is ${process.version}.`);
};

let stack = process.env.ORDERLINE_STACK;
try {
  if (needsPython(words)) assertPython();
  if (needsStack(words)) stack = await chooseStack(process.env);
  await installIfNeeded(repository);
} catch (error) {
  stopWith(error.message);
}

const target = words[0] === 'run' ? words.slice(1) : [join('apps', 'orderline', 'src', 'main.ts'), ...words];
if (words[0] === 'run' && target.length === 0) stopWith('run which file?');

// The channel tells the child when this process is gone, however it went.
const child = spawn(nodeToUse(), ['--import', 'tsx', ...target], {
  cwd: repository,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, ...(stack !== undefined && { ORDERLINE_STACK: stack }) },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => stopWith(`could not start Node: ${error.message}`));
child.on('exit', (code, signal) => {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  process.exit(code ?? 128 + (numbers[signal] ?? 0));
});
