import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';

const slowService = `
  import 'reflect-metadata';
  import { Controller, Get, Module } from '@nestjs/common';
  import { hostSettings, parseConfig, runService, startService } from '${new URL('../index.ts', import.meta.url).href}';
  import { z } from 'zod';
  class Slow { async get() { process.stdout.write('entered\\n'); await new Promise((done) => setTimeout(done, 300)); process.stdout.write('left\\n'); return { done: true }; } }
  Get()(Slow.prototype, 'get', Object.getOwnPropertyDescriptor(Slow.prototype, 'get'));
  Controller('slow')(Slow);
  class App { onApplicationShutdown() { process.stdout.write('hook\\n'); } }
  Module({ controllers: [Slow] })(App);
  await runService(async () => {
    const { HOST: host, PORT: port, LOG_LEVEL: logLevel, SHUTDOWN_TIMEOUT_MS: shutdownTimeoutMs } =
      parseConfig(z.object(hostSettings({ port: 0 })), process.env);
    if (process.env.STUCK) App.prototype.beforeApplicationShutdown = () => new Promise(() => {});
    return startService({ name: 'slow', version: '1', description: '', module: App, config: { host, port, logLevel, shutdownTimeoutMs } });
  });
`;

let child: ChildProcess | undefined;
afterEach(() => {
  if (child?.exitCode === null) child.kill('SIGKILL');
});

const launch = (settings: Record<string, string>) => {
  const started = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', slowService], {
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const saw = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(output);
      if (found) return found;
      await once(started.stdout, 'data');
    }
  };
  return { started, saw, errors: text(started.stderr), exited: once(started, 'exit'), output: () => output };
};

describe('a service as a process', { timeout: 20_000 }, () => {
  it('finishes the request in flight at SIGTERM, runs its hooks after it and exits 0', async () => {
    const { started, saw, exited, output } = launch({});
    const url = (await saw(/listening at (http[^"]+)"/u))[1] ?? '';
    const answer = fetch(`${url}/slow`);
    await saw(/entered/u);
    started.kill('SIGTERM');
    expect(await (await answer).json()).toEqual({ done: true });
    expect((await exited)[0]).toBe(0);
    expect(output()).toMatch(/entered[^]*"signal":"SIGTERM"[^]*left[^]*hook[^]*"stopped"/u);
  });

  it('leaves with 1 when draining takes longer than it may', async () => {
    const { started, saw, exited } = launch({ STUCK: '1', SHUTDOWN_TIMEOUT_MS: '200' });
    await saw(/listening at/u);
    started.kill('SIGINT');
    expect((await exited)[0]).toBe(1);
  });

  it('prints every wrong setting, without a stack, and exits 1', async () => {
    const { errors, exited } = launch({ PORT: 'http', LOG_LEVEL: 'loud' });
    expect((await exited)[0]).toBe(1);
    expect(await errors).toMatch(/^2 wrong settings:\n {2}PORT is "http": .*\n {2}LOG_LEVEL is "loud": .*\n$/u);
  });
});
