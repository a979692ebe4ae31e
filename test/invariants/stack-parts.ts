import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@orderline/testing';
import { expect, inject, onTestFinished } from 'vitest';
import '../support/provided.ts';

export const pidOf = (part: string): number =>
  (JSON.parse(readFileSync(join(inject('stack').pidFolder, `${part}.json`), 'utf8')) as { pid: number }).pid;

/** Resolves when the supervisor has another process in the place of `pid`. */
export const replaced = (part: string, pid: number): Promise<void> =>
  eventually(() => expect(pidOf(part), `the process of ${part}`).not.toBe(pid), { withinMs: 60_000 });

export const answers = (url: string): Promise<void> =>
  eventually(async () => expect((await fetch(url)).status, url).toBe(200), { withinMs: 90_000, everyMs: 100 });

/** Stops the clock of a part: connections stay, nothing answers. It goes on at the end of the test at the latest. */
export const freeze = (part: string): { thaw(): void } => {
  const pid = pidOf(part);
  let isFrozen = true;
  const thaw = (): void => {
    if (isFrozen) process.kill(pid, 'SIGCONT');
    isFrozen = false;
  };
  onTestFinished(thaw);
  process.kill(pid, 'SIGSTOP');
  return { thaw };
};
