import type { ChildProcess } from 'node:child_process';

/** Keeps what a process says; answers with the last 4,000 characters of it. */
export const lastWords = (child: ChildProcess): (() => string) => {
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4_000)));
  }
  return () => words;
};
