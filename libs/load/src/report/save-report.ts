import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadResult } from '../run/load-result.ts';
import { reportPage } from './report-page.ts';

/** Writes the result as JSON and as a page into the folder, under the time it began; answers with both files. */
export const saveReport = (result: LoadResult, folder: string): { json: string; page: string } => {
  mkdirSync(folder, { recursive: true });
  const name = join(folder, result.startedAt.replace(/\.\d+Z$/u, 'Z').replaceAll(':', '-'));
  const files = { json: `${name}.json`, page: `${name}.html` };
  writeFileSync(files.json, `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(files.page, reportPage(result));
  return files;
};
