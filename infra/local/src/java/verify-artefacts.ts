import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ListedArtefact } from './artefact-list.ts';

/** Folders that programs are run from. Of the rest, Maven notes in `markers` what it unpacked, and Java writes `class-data`. */
const fetched = ['kafka', 'connectors', 'registry'];
const named = 8;

/** The sha-256 of every file below `folder` that a program could be run from, by path. */
export const digestArtefacts = async (folder: string): Promise<Map<string, string>> => {
  const digests = new Map<string, string>();
  for (const part of fetched)
    for (const entry of await readdir(join(folder, part), { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      const file = join(entry.parentPath, entry.name);
      const digest = entry.isFile()
        ? createHash('sha256')
            .update(await readFile(file))
            .digest('hex')
        : 'no file';
      digests.set(relative(folder, file), digest);
    }
  return digests;
};

/**
 * Returns when the artefacts in `folder` are, byte for byte, those of the list: none changed, missing or added, since every
 * jar of a folder is on the class path. Throws with the files that differ and what to do.
 */
export const verifyArtefacts = async (folder: string, listed: readonly ListedArtefact[]): Promise<void> => {
  const digests = await digestArtefacts(folder);
  const faults: string[] = [];
  for (const { path, sha256 } of listed) {
    const digest = digests.get(path);
    digests.delete(path);
    if (digest === undefined) faults.push(`${path}: missing`);
    else if (digest !== sha256) faults.push(`${path}: sha-256 is ${digest}, listed is ${sha256}`);
  }
  faults.push(...[...digests.keys()].map((path) => `${path}: not listed`));
  if (faults.length > 0) throw new Error(refusal(faults));
};

const refusal = (faults: readonly string[]): string =>
  [
    'What Maven fetched is not what infra/local/artefacts.lock lists, so none of it is used:',
    ...faults.slice(0, named).map((fault) => `  ${fault}`),
    ...(faults.length > named ? [`  and ${faults.length - named} more`] : []),
    "Delete what is named from Maven's repository (~/.m2/repository, unless your settings say otherwise) and start again.",
    'If it comes again, it was changed on its way here: find out where before anything of it is run.',
    'If infra/local/pom.xml was changed, `npm run pin-artefacts` writes the list anew, and its diff is to be reviewed.',
  ].join('\n');
