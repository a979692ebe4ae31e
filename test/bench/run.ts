/**
 * `npm run bench -- [name…] [--quick] [--rounds 3] [--only analytics] …`: the benchmarks of test/bench, each with its arms in one
 * run. Prints tables and writes bench-results/<name>.json with every round and the machine it ran on. `--quick` only shows that
 * they run. Of the others each benchmark reads its own: `--events` and `--only` of a backlog (its length, one projector of the
 * four), `--rows` of growth, `--rate` and `--minutes` of a whole stack, `--seconds` of a round.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { full, quick, type Effort } from './effort.ts';
import type { ComparisonResult } from './measure-arms.ts';
import { printComparison } from './print-comparison.ts';

/** A benchmark file exports `run`, which reports each comparison as it is done. */
type Benchmark = { run: (report: (result: ComparisonResult) => void, effort: Effort) => Promise<void> };

const folder = import.meta.dirname;
const there = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const numbers = ['rounds', 'seconds', 'events', 'rows', 'rate', 'minutes'] as const;
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    ...(Object.fromEntries(numbers.map((name) => [name, { type: 'string' }])) as Record<
      (typeof numbers)[number],
      { type: 'string' }
    >),
  },
});
const given = numbers.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])] as const]));
const wrong = [
  ...given.filter(([, number]) => !(number > 0)).map(([name]) => `--${name} wants a number above 0`),
  ...wanted
    .filter((name) => !there.includes(name))
    .map((name) => `no such benchmark: ${name}; there are ${there.join(', ')}`),
];
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
const { only } = values;
const effort: Effort = { ...(values.quick ? quick : full), ...Object.fromEntries(given), ...(only && { only }) };

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
  if (values.quick) continue;
  const at = new Date().toISOString();
  writeFileSync(
    join('bench-results', `${[name, only].filter(Boolean).join('-')}.json`),
    `${JSON.stringify({ name, at, machine, load, effort, results }, null, 2)}\n`,
  );
}
