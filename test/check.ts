/** `npm run check`: format, lint, types, boundaries, dead exports, schemas, unit tests. What passes is one line; what fails is shown whole. */
import { spawn } from 'node:child_process';

type Step = { name: string; command: string; args: string[] };
type Outcome = { ok: boolean; seconds: string; output: string };

const lanes: Step[][] = [
  [
    { name: 'project graph', command: 'nx', args: ['show', 'projects'] },
    { name: 'lint and project boundaries', command: 'eslint', args: ['.', '--max-warnings', '0'] },
  ],
  [
    { name: 'types', command: 'tsc', args: ['-p', '.'] },
    { name: "types of the console's page", command: 'tsc', args: ['-p', 'apps/console/web'] },
    { name: 'format', command: 'prettier', args: ['--check', '.', '--log-level', 'warn'] },
    {
      name: 'boundaries inside projects',
      command: 'depcruise',
      args: ['--config', '.dependency-cruiser.mjs', 'apps', 'libs', 'infra', 'test'],
    },
    {
      name: 'dead exports and dependencies',
      command: 'knip',
      args: ['--no-progress', '--treat-config-hints-as-errors'],
    },
    {
      name: 'schemas against all that was published',
      command: 'node',
      args: ['--import', 'tsx', 'apps/orderline/src/main.ts', 'schemas', 'check', '--no-registry'],
    },
    { name: 'unit tests', command: 'vitest', args: ['run', '--project', 'unit', '--reporter', 'dot'] },
  ],
];

const run = ({ command, args }: Step): Promise<Outcome> =>
  new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args, { env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const end = (ok: boolean, extra = ''): void => {
      resolve({ ok, seconds: ((performance.now() - started) / 1000).toFixed(1), output: output + extra });
    };
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code) => end(code === 0));
  });

const runLane = async (steps: Step[]): Promise<boolean> => {
  let allOk = true;
  for (const step of steps) {
    const { ok, seconds, output } = await run(step);
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
    if (!ok) console.log(output);
    allOk &&= ok;
  }
  return allOk;
};

const results = await Promise.all(lanes.map(runLane));
process.exit(results.every(Boolean) ? 0 : 1);
