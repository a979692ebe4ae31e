import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { LoadResult } from '../run/load-result.ts';
import { chartsOf } from './charts.ts';
import { languageScript, pageScript } from './page-script.ts';
import { reportTables, verdictLine, type ReportTable } from './report-tables.ts';

const require = createRequire(import.meta.url);
const uPlot = {
  script: readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8'),
  style: readFileSync(require.resolve('uplot/dist/uPlot.min.css'), 'utf8'),
};

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.verdict { font-size: 1.1rem; font-weight: 600; padding: .6rem 1rem; border-left: 6px solid; }
.sound { border-color: #2e9e5b; } .unsound { border-color: #d1453b; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { padding: .2rem .9rem .2rem 0; text-align: right; border-bottom: 1px solid #8883; }
td:first-child, th:first-child { text-align: left; }
.chart { margin: 1.5rem 0; background: #fff; color: #222; padding: .5rem; border-radius: 6px; overflow-x: auto; }
.u-title { font-size: 1rem; } pre { white-space: pre-wrap; }`;

/** The report as one HTML file that needs nothing else: the plots are drawn by uPlot, which is in it. */
export const reportPage = (result: LoadResult): string => {
  const { ok, faults, notes, startedAt, seconds, plan } = result;
  const list = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `<h2>${title}</h2><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Load ${escaped(startedAt)}</title><style>${uPlot.style}${style}</style></head><body>
<h1>Load test of ${escaped(startedAt)}, ${seconds.toFixed(0)} s</h1>
<p class="verdict ${ok ? 'sound' : 'unsound'}">${escaped(verdictLine(result))}</p>
${list('Why it failed', faults)}${list('To be known', notes)}
${reportTables(result).map(tableOf).join('\n')}
<div id="charts"></div>
<h2>Plan</h2><pre>${escaped(JSON.stringify(plan, null, 2))}</pre>
<script type="application/json" id="values">${JSON.stringify(chartsOf(result)).replaceAll('<', '\\u003c')}</script>
<script>${languageScript}${uPlot.script}</script><script>${pageScript}</script></body></html>
`;
};

const tableOf = ({ title, head, rows }: ReportTable): string => {
  const row = (cells: readonly string[], tag: 'td' | 'th'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<h2>${escaped(title)}</h2><table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/gu, (sign) => entities[sign] ?? sign);
