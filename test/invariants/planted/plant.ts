import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * One change of a source file, seen by a process that preloads this module and by nobody else. `file` is the path from the
 * repository's root, which is where the process runs; `find` must stand in it exactly once.
 */
export type SourceEdit = { readonly file: string; readonly find: string; readonly replace: string };

const edited = new Map<string, string>();

const plant = ({ file, find, replace }: SourceEdit): void => {
  const path = resolve(file);
  const url = pathToFileURL(path).href;
  const parts = (edited.get(url) ?? readFileSync(path, 'utf8')).split(find);
  if (parts.length !== 2) throw new Error(`${file} has this ${parts.length - 1} times, not once: ${find}`);
  edited.set(url, parts.join(replace));
};

for (const edit of JSON.parse(process.env['PLANTED_EDITS'] ?? '[]') as SourceEdit[]) plant(edit);

// The last to be registered is asked first: before tsx reads the file from the disk.
registerHooks({
  load: (url, context, nextLoad) => {
    const source = edited.get(url);
    return source === undefined ? nextLoad(url, context) : { format: 'module-typescript', source, shortCircuit: true };
  },
});
