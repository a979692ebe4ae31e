import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a file of this folder as a process of its own, which answers with one figure as a message. */
export const childRound = async (file: string, settings: object): Promise<number> => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, file), JSON.stringify(settings)],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  let figure: number | undefined;
  child.on('message', (message) => {
    figure = Number(message);
  });
  await once(child, 'exit');
  if (figure === undefined) throw new Error(`${file} ended without a figure`);
  return figure;
};

export const settingsOfChild = (): unknown => JSON.parse(process.argv[2] ?? '{}');
export const answerOfChild = (figure: number): void => {
  process.send?.(figure, () => process.exit(0));
};
