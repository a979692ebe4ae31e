import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What every consumer under examples/ prints of an order. */
export type FollowedOrder = {
  readonly version: number;
  readonly status: string | null;
  readonly applied: readonly string[];
  readonly unknown: readonly string[];
  readonly duplicates: number;
  readonly gaps: number;
  readonly currency?: string;
  readonly totalMinor?: number;
  readonly paidMinor?: number | null;
  readonly refundedMinor?: number | null;
  readonly deliveryAddress?: string | null;
};
export type Followed = {
  readonly consumer: string;
  readonly orders: Readonly<Record<string, FollowedOrder>>;
  readonly faults: readonly string[];
};

export type Consumer = 'python' | 'java' | 'typescript' | 'contracts-package';
export type Consumers = {
  /** Runs one consumer over the topic up to its present end. */
  readonly follow: (consumer: Consumer, ...args: readonly string[]) => Promise<Followed>;
  readonly remove: () => void;
};

const execute = promisify(execFile);
const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const limits = { timeout: 240_000, maxBuffer: 64 * 1024 * 1024 };

const withPython = async (folder: string): Promise<string[]> => {
  const venv = join(folder, 'venv');
  await execute('python3', ['-m', 'venv', venv], limits);
  const requirements = join(examples, 'python', 'requirements.txt');
  await execute(join(venv, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements], limits);
  return [join(venv, 'bin', 'python'), join(examples, 'python', 'follow_orders.py')];
};

const withJava = async (folder: string): Promise<string[]> => {
  const project = join(folder, 'java');
  for (const part of ['pom.xml', 'src']) cpSync(join(examples, 'java', part), join(project, part), { recursive: true });
  await execute('mvn', ['--quiet', '--batch-mode', '--file', project, 'package'], limits);
  return ['java', '-jar', join(project, 'target', 'follow-orders.jar')];
};

/** Makes the consumers ready as their README says, in a folder of their own. Needs python3 with venv, Maven and Java. */
export const prepareConsumers = async (): Promise<Consumers> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-consumers-'));
  const [python, java] = await Promise.all([withPython(folder), withJava(folder)]);
  const commands: Record<Consumer, string[]> = {
    python,
    java,
    typescript: [process.execPath, '--no-warnings', join(examples, 'typescript', 'follow-orders.ts')],
    'contracts-package': [process.execPath, '--no-warnings', join(examples, 'contracts-package', 'read-topic.mjs')],
  };
  return {
    follow: async (consumer, ...args) => {
      const [file = '', ...before] = commands[consumer];
      const { stdout } = await execute(file, [...before, ...args], limits);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Followed;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
