import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processIdentity } from '../processes/process-identity.ts';
import type { Part } from './part.ts';
import { SupervisedPart, type PartNews } from './supervised-part.ts';

describe('a supervised part', { timeout: 20_000 }, () => {
  let folder: string;
  let part: SupervisedPart;
  let news: PartNews[];
  const ready = () => join(folder, 'ready');
  const here = (does: string): Part => ({
    name: 'kitchen',
    prepare: async () => {
      await rm(ready(), { force: true });
      return { file: process.execPath, args: ['-e', does] };
    },
    isReady: () => Promise.resolve(existsSync(ready())),
    readyWithinMs: 10_000,
    stop: { signal: 'SIGTERM', withinMs: 2_000 },
  });
  const working = () =>
    here(
      `console.log('cooking'); require('fs').writeFileSync(${JSON.stringify(ready())}, ''); setInterval(() => 0, 1000)`,
    );
  const watched = (one: Part): SupervisedPart => {
    news = [];
    part = new SupervisedPart(one, {
      logFile: join(folder, 'kitchen.log'),
      pidFile: join(folder, 'kitchen.json'),
      onNews: (item) => news.push(item),
    });
    return part;
  };
  const start = () => part.start();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderline-'));
  });
  afterEach(async () => {
    await part.stop();
    await rm(folder, { recursive: true });
  });

  it('is ready when it says so, and leaves neither process nor pid file when stopped', async () => {
    await watched(working()).start();
    const { state, pid } = part.state();
    expect(state).toBe('running');
    await part.stop();
    expect(processIdentity(pid!)).toBeUndefined();
    expect(existsSync(join(folder, 'kitchen.json'))).toBe(false);
    expect(news).toEqual([]);
  });

  it('is started again when it is killed; the news says which, why, its last lines and where its log is', async () => {
    watched(working());
    await start();
    const before = part.state().pid;
    part.kill('SIGKILL');
    await expect.poll(() => news.map(({ kind }) => kind), { timeout: 10_000 }).toEqual(['died', 'back']);
    expect(part.state()).toMatchObject({ state: 'running', restarts: 1 });
    expect(part.state().pid).not.toBe(before);
    const [died] = news;
    expect(died).toMatchObject({ part: 'kitchen', retryInMs: 500 });
    expect(died?.kind === 'died' && died.why).toMatch(/kitchen ended with signal SIGKILL[^]*kitchen\.log[^]*cooking/u);
  });

  it('fails to start with its exit code and last lines when it ends before it is ready', async () => {
    watched(here(`console.log('no gas'); process.exit(3)`));
    await expect(start()).rejects.toThrow(/exit code 3[^]*no gas/u);
    expect(part.state().state).toBe('stopped');
  });

  it('waits longer each time while it cannot come up, and stops at once when told', async () => {
    watched(here(`setTimeout(() => process.exit(1), 50)`));
    await writeFile(ready(), '');
    const once = {
      ...working(),
      prepare: () => ({ file: process.execPath, args: ['-e', 'setTimeout(() => 0, 300)'] }),
    };
    watched(once);
    await start();
    await expect
      .poll(() => news.map((one) => one.kind === 'died' && one.retryInMs), { timeout: 10_000 })
      .toEqual([500, false, 1_000]);
    await part.stop();
    expect(part.state().pid).toBeUndefined();
  });

  it('restarts when asked, without news of a death', async () => {
    watched(working());
    await start();
    const before = part.state().pid;
    await part.restart();
    expect(part.state().pid).not.toBe(before);
    expect(news).toEqual([]);
  });

  it('stops while it is still starting, when the start is called off', async () => {
    watched(here('setInterval(() => 0, 1000)'));
    const called = new AbortController();
    const starting = part.start(called.signal);
    await expect.poll(() => part.state().pid).toBeDefined();
    const { pid } = part.state();
    called.abort(new Error('called off'));
    await expect(starting).rejects.toThrow('called off');
    expect(processIdentity(pid!)).toBeUndefined();
  });
});
