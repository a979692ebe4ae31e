import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findJava, newestJava, parseJavaVersion } from './find-java.mjs';

const java = (version: number, home: string) => ({ version, home, executable: `${home}/bin/java` });

describe('the Java to run with', () => {
  let folder: string;
  /** Something that says it is a Java of this version. */
  const jdk = async (path: string, version: string) => {
    await mkdir(join(folder, path, 'bin'), { recursive: true });
    await writeFile(join(folder, path, 'bin', 'java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`, {
      mode: 0o755,
    });
    return join(folder, path);
  };
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'orderline-')));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['openjdk version "25.0.2" 2026-01-20', 25],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "24-ea" 2025-03-18', 24],
    ['bash: java: command not found', undefined],
  ])('reads %s as %s', (printed, version) => {
    expect(parseJavaVersion(printed)).toBe(version);
  });

  it('is the newest of those that are new enough, the first of equals', () => {
    expect(newestJava([java(17, 'a'), java(21, 'b'), java(25, 'c'), java(25, 'd')])).toEqual(java(25, 'c'));
    expect(newestJava([java(17, 'a'), java(11, 'b')])).toBeUndefined();
  });

  it('is found in JAVA_HOME, on the PATH and among the JDK folders', async () => {
    const env = { JAVA_HOME: await jdk('named', '21.0.1'), PATH: join(await jdk('path', '17.0.15'), 'bin') };
    expect((await findJava(env, [])).home).toBe(join(folder, 'named'));
    await jdk('installed/temurin-25', '25');
    expect((await findJava(env, [join(folder, 'installed')])).home).toBe(join(folder, 'installed', 'temurin-25'));
  });

  it('is missed in so many words, with what was found instead', async () => {
    const env = { PATH: join(await jdk('path', '17.0.15'), 'bin') };
    await expect(findJava(env, [])).rejects.toThrow(`Java 21 or later is needed (found 17 in ${join(folder, 'path')})`);
    await expect(findJava({}, [])).rejects.toThrow('found none');
  });
});
