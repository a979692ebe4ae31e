/**
 * `npm run campaign -- --seed N --minutes M [--rate commands/s] [--kinds 'kill, cut'] [--schedule file.json]
 * [--forgiven-after S] [--print]`: faults under load on a stack of its own, judged by the audit. Writes campaign-results/<seed>-<minutes>m.json and .md; exit 1 unless nothing was lost,
 * doubled, out of order or divergent, every promise was kept and every fault was recovered from by itself.
 * `--kinds` strikes with those alone; with `--forgiven-after` below a minute parts can be killed more often.
 * `--document campaign-results/<…>.json --as <run>` writes what that run found into docs/reliability.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { documentRun } from './document-run.ts';
import { episodesOf, faultKinds, type Fault } from './fault.ts';
import { reportText } from './report-table.ts';
import { runCampaign, type CampaignReport } from './run-campaign.ts';
import { drawSchedule } from './schedule.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '40' },
    kinds: { type: 'string' },
    schedule: { type: 'string' },
    'forgiven-after': { type: 'string', default: '60' },
    print: { type: 'boolean', default: false },
    document: { type: 'string' },
    as: { type: 'string', default: 'all kinds' },
  },
});
if (values.document !== undefined) {
  const report = JSON.parse(readFileSync(values.document, 'utf8')) as CampaignReport;
  documentRun('docs/reliability.md', values.as, reportText(report));
  process.exit(0);
}
const seed = Number(values.seed);
const minutes = Number(values.minutes);
const forgivenAfterMs = Number(values['forgiven-after']) * 1_000;
if (!(Number.isInteger(seed) && minutes > 0 && Number(values.rate) > 0 && forgivenAfterMs > 0)) {
  console.error('wanted: --seed <whole number> --minutes <number> --rate <commands per second> --forgiven-after <s>');
  process.exit(1);
}
const named = values.kinds?.split(',').map((kind) => kind.trim());
const kinds = faultKinds.filter((kind) => named?.includes(kind) ?? true);
if (named !== undefined && kinds.length < named.length) {
  console.error(`--kinds wants some of: ${faultKinds.join(', ')}`);
  process.exit(1);
}
const schedule =
  values.schedule === undefined
    ? drawSchedule(seed, minutes, { kinds, forgivenAfterMs })
    : (JSON.parse(readFileSync(values.schedule, 'utf8')) as { schedule: Fault[] }).schedule;
console.log(`seed ${seed}, ${minutes} minutes: ${schedule.length} faults in ${episodesOf(schedule).length} episodes`);
if (values.print) {
  for (const fault of schedule) console.log(JSON.stringify(fault));
  process.exit(0);
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
process.once('disconnect', () => stopping.abort());
const report = await runCampaign({
  seed,
  minutes,
  schedule,
  ratePerSecond: Number(values.rate),
  forgivenAfterMs,
  judgeEvery: 12,
  say: (line) => console.log(line),
  signal: stopping.signal,
});
mkdirSync('campaign-results', { recursive: true });
const file = join('campaign-results', `${seed}-${minutes}m.json`);
const { accepted, unsettled, ...counts } = report.load;
const load = { ...counts, orders: accepted.size, unsettled: [...unsettled] };
writeFileSync(file, `${JSON.stringify({ ...report, load }, null, 2)}\n`);
const text = reportText(report);
writeFileSync(file.replace('.json', '.md'), text);
console.log(`\n${text}\n${file}; run the same again with --schedule ${file}`);
process.exit(report.ok ? 0 : 1);
