import { describe, expect, it } from 'vitest';
import { findJava, newestJava, parseJavaVersion } from './find-java.ts';

const java = (version: number, home: string) => ({ version, home, executable: `${home}/bin/java` });

describe('the Java to run with', () => {
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

  it('is found on a machine whose PATH holds none or an old one', async () => {
    expect((await findJava({ PATH: '/nowhere' })).version).toBeGreaterThanOrEqual(21);
  });
});
