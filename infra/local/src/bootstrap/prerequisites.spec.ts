import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assertPython, chooseStack, needsPython, needsStack } from '../../bootstrap/prerequisites.mjs';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const bootstrap = join(repository, 'infra', 'local', 'bootstrap.mjs');

const machine = (noNative?: string, noDocker?: string) => ({
  whyNotNative: () => Promise.resolve(noNative),
  whyNotDocker: () => noDocker,
});
const old = 'Java 21 or later is needed (found 17 in /usr/lib/jvm/java-17). Maven (mvn) is needed.';

describe('what the stack runs on', () => {
  it('is this machine itself where it can, else Docker', async () => {
    expect(await chooseStack({}, machine())).toBe('native');
    expect(await chooseStack({}, machine(old))).toBe('docker');
    expect(await chooseStack({ ORDERLINE_STACK: 'docker' }, machine())).toBe('docker');
    expect(await chooseStack({ ORDERLINE_STACK: 'external' }, machine(old, 'none'))).toBe('external');
  });

  it('is said exactly when there is neither: what is missing and how to install it', async () => {
    const refused = chooseStack({}, machine(old, 'docker is not installed.'));
    await expect(refused).rejects.toThrow(
      /found 17 in[^]*apt-get install openjdk-21-jdk-headless maven[^]*docs\.docker\.com/u,
    );
    await expect(refused).rejects.toThrow('nothing has been changed');
  });

  it('names only what is missing', async () => {
    const noMaven = chooseStack({ ORDERLINE_STACK: 'native' }, machine('Maven (mvn) is needed.'));
    await expect(noMaven).rejects.toThrow('apt-get install maven');
    await expect(noMaven).rejects.not.toThrow('docker.com');
  });

  it('is native, docker or external, nothing else', async () => {
    await expect(chooseStack({ ORDERLINE_STACK: 'podman' }, machine())).rejects.toThrow('not podman');
  });

  it('matters to the commands that start it, not to the others', () => {
    const starting = [['start'], ['up'], ['demo', '--json'], ['load', '--rate', '5'], ['run', 'test/run.ts']];
    expect(starting.filter((words) => !needsStack(words))).toEqual([]);
    const others = [
      ['status'],
      ['down'],
      [],
      ['run', 'test/check.ts'],
      ['run', 'test/security/run.ts'],
      ['demo', '--help'],
    ];
    expect(others.filter(needsStack)).toEqual([]);
    expect(needsStack(['load', '--rate', '5', '--command-url', 'http://orders.example'])).toBe(false);
  });
});

describe('Python with venv', () => {
  it('is asked for, with what to install, by the tests that run a consumer in it', () => {
    expect(() => assertPython({ hasPython: () => true })).not.toThrow();
    expect(() => assertPython({ hasPython: () => false })).toThrow(
      /nothing has been changed[^]*Python 3\.9[^]*apt-get install python3-venv/u,
    );
    expect(
      [[], ['pipeline', 'order-life'], ['unit', 'pipeline']].map((words) => ['run', 'test/run.ts', ...words]),
    ).toSatisfy((lines: string[][]) => lines.every(needsPython));
  });

  it('is not asked for by the others', () => {
    expect(
      [
        ['start'],
        ['run', 'test/check.ts'],
        ['run', 'test/run.ts', 'unit'],
        ['run', 'test/run.ts', 'integration', 'x'],
      ].map(needsPython),
    ).not.toContain(true);
  });

  it('stops `npm test` before anything else is done', { timeout: 60_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-no-python-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // Nothing is on this PATH: neither Python, nor Java, nor npm.
    const { status, stderr } = spawnSync(process.execPath, [bootstrap, 'run', 'test/run.ts'], {
      encoding: 'utf8',
      env: { PATH: folder },
    });
    expect(stderr).toMatch(/^The tests cannot run on this machine yet; nothing has been changed\.$/mu);
    expect(status).toBe(1);
  });
});

describe('what a bare machine is given before its tests', () => {
  /** `.ci/run` with an apt-get that only notes what it was asked for, and an npm that does nothing. */
  const installedWhere = (pythonCode: number): string => {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-bare-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const noted = join(folder, 'noted');
    writeFileSync(noted, '');
    const programs = {
      'apt-get': `echo "$@" >> ${noted}`,
      npm: 'exit 0',
      mvn: 'exit 0',
      python3: `exit ${pythonCode}`,
    };
    for (const [name, line] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    }
    execFileSync('bash', ['.ci/run'], { cwd: repository, env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` } });
    return readFileSync(noted, 'utf8');
  };

  it('has venv where it was missing, and is left alone where it was not', { timeout: 60_000 }, () => {
    expect(installedWhere(1)).toMatch(/^install .*python3-venv$/mu);
    expect(installedWhere(0)).not.toContain('python3');
  });
});
