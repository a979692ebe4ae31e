import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const bench = (...words: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'run.ts'), ...words], { encoding: 'utf8' });

/** Short forms of the benchmarks that need a PostgreSQL and nothing else. Their figures mean nothing. */
describe('npm run bench', () => {
  const titles = {
    append: '64 callers',
    loading: '100 events',
    'snapshot-interval': 'life of 300 events',
    growth: 'append to any partition, p50, 16 callers',
    'drop-partition': '20,000 rows: log written',
  };

  it.each(Object.entries(titles))(
    '%s has its arms in one table',
    (name, title) => {
      const { status, stdout, stderr } = bench(name, '--quick');
      expect(stderr).not.toContain('Error');
      expect(stdout).toContain(`\n${title}\n`);
      expect(status).toBe(0);
    },
    240_000,
  );

  it('names every fault of what it is asked for, and measures nothing', () => {
    const { status, stdout, stderr } = bench('growth', 'grwth', '--rounds', 'many', '--quick');
    expect(stderr).toContain('--rounds wants a number above 0');
    expect(stderr).toContain('no such benchmark: grwth; there are append, ');
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });
});
