/**
 * `npm run bench -- [name…] [--quick] [--events=200000] [--only=analytics]`: the benchmarks of test/bench, each with its arms
 * in one run. Prints tables and writes bench-results/<name>.json with every round and the machine it ran on. `--quick` only
 * shows that they run; the other two are for backlogs: their length, and one projector of the four.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { full, quick, type Effort } from './effort.ts';
import { printComparison, type ComparisonResult } from './measure-arms.ts';

/** A benchmark file exports `run`, which reports each comparison as it is done. */
type Benchmark = { run: (report: (result: ComparisonResult) => void, effort: Effort) => Promise<void> };

const folder = import.meta.dirname;
const there = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const words = process.argv.slice(2);
const given = (option: string): string | undefined =>
  words.find((word) => word.startsWith(`--${option}=`))?.slice(option.length + 3);
const isQuick = words.includes('--quick');
const only = given('only');
const basis = isQuick ? quick : full;
const effort: Effort = { ...basis, events: Number(given('events') ?? basis.events), ...(only && { only }) };
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((name) => !there.includes(name));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are ${there.join(', ')}`);
  process.exit(1);
}

const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
};
const [load = 0] = loadavg();
if (load > cpus().length / 2)
  console.log(`others are at work on this machine (load ${load.toFixed(1)}): trust no figure`);
mkdirSync('bench-results', { recursive: true });
for (const name of wanted.length > 0 ? wanted : there) {
  const results: ComparisonResult[] = [];
  const { run } = (await import(join(folder, `${name}.bench.ts`))) as Benchmark;
  console.log(`\n${name}`);
  await run((result) => {
    results.push(result);
    console.log(`\n${printComparison(result)}`);
  }, effort);
  if (isQuick) continue;
  const at = new Date().toISOString();
  writeFileSync(
    join('bench-results', `${[name, only].filter(Boolean).join('-')}.json`),
    `${JSON.stringify({ name, at, machine, load, results }, null, 2)}\n`,
  );
}
