import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** `orderline schemas check` as a person runs it. */
export const schemasCheck = async (...words: readonly string[]): Promise<{ code: number; said: string }> => {
  const args = ['--import', 'tsx', 'apps/orderline/src/main.ts', 'schemas', 'check', ...words];
  const child = spawn(process.execPath, args, { cwd: repository, env: { ...process.env, NO_COLOR: '1' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
};
