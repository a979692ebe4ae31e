import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launch } from './launch.ts';
import { logTail } from './log-tail.ts';
import { readPidFile, stopLeftOvers, writePidFile } from './pid-file.ts';
import { isAlive, processIdentity } from './process-identity.ts';
import { send, stopProcess } from './stop-process.ts';

const plan = { signal: 'SIGTERM', withinMs: 5_000 } as const;

describe('stopping by pid', () => {
  let folder: string;
  const logFile = () => join(folder, 'log');
  const nodeThat = (does: string) => launch({ file: process.execPath, args: ['-e', does] }, logFile());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderline-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('stops a process that an earlier run left behind', async () => {
    const left = await nodeThat('setInterval(() => 0, 1000)');
    writePidFile(join(folder, 'kafka.json'), { ...left, ...plan });
    expect(await stopLeftOvers(folder)).toEqual(['kafka']);
    expect(isAlive(left)).toBe(false);
    expect(readPidFile(join(folder, 'kafka.json'))).toBeUndefined();
  });

  it('never touches a process that only got the same number later', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    const pid = stranger.pid!;
    const recycled = { pid, identity: `${processIdentity(pid) ?? ''}0` };
    writePidFile(join(folder, 'kafka.json'), { ...recycled, ...plan });
    expect(await stopLeftOvers(folder)).toEqual([]);
    expect(await stopProcess(recycled, plan)).toBe('gone');
    expect(send(recycled, 'SIGKILL')).toBe(false);
    expect(processIdentity(pid)).toBeDefined();
    stranger.kill('SIGKILL');
  });

  it('kills one that does not listen', async () => {
    const deaf = await nodeThat(`process.on('SIGTERM', () => 0); console.log('deaf'); setInterval(() => 0, 1000)`);
    await expect.poll(() => logTail(logFile())).toEqual(['deaf']);
    expect(await stopProcess(deaf, { signal: 'SIGTERM', withinMs: 200 })).toBe('killed');
    expect(await deaf.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('says that a program is missing', async () => {
    await expect(launch({ file: 'no-such-program', args: [] }, logFile())).rejects.toThrow('no-such-program');
  });
});
