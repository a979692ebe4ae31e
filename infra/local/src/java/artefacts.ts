import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { artefactListFile, parseArtefactList } from './artefact-list.ts';
import { fetchWithMaven, pom, type MavenRun } from './maven.ts';
import { verifyArtefacts } from './verify-artefacts.ts';

/** Folders of what Maven fetched, all for one version of pom.xml and of the list of checksums. */
export type Artefacts = {
  readonly kafka: string;
  readonly connectors: string;
  readonly registry: string;
  /** Archives of loaded classes, one per part, written by Java itself. */
  readonly classData: string;
};

/** Where the artefacts of today's pom.xml are, below `home`, whether or not they have been fetched. */
export const artefactsIn = (home: string): Artefacts => {
  const folder = artefactFolder(home);
  const [kafka, connectors, registry, classData] = ['kafka', 'connectors', 'registry', 'class-data'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  return { kafka, connectors, registry, classData };
};

export const areFetched = (home: string): boolean => existsSync(artefactFolder(home));

/**
 * Fetches the artefacts with Maven, verifies them against the checksums of artefacts.lock, and puts them in place in one move:
 * an interrupted fetch is simply done again, and what is in place was verified. Nothing stays of artefacts that differ.
 */
export const fetchArtefacts = async (home: string, run: MavenRun): Promise<void> => {
  const folder = artefactFolder(home);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(join(home, 'artefacts'), { recursive: true });
  try {
    await fetchWithMaven(unfinished, run);
    await verifyArtefacts(unfinished, parseArtefactList(readFileSync(artefactListFile, 'utf8')));
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  mkdirSync(join(unfinished, 'class-data'));
  putInPlace(unfinished, folder);
};

const putInPlace = (unfinished: string, folder: string): void => {
  try {
    renameSync(unfinished, folder);
  } catch (cause) {
    if (!existsSync(folder)) throw cause;
    rmSync(unfinished, { recursive: true, force: true }); // another start was faster
  }
};

/** A change of either file fetches and verifies anew. */
const artefactFolder = (home: string): string => {
  const hash = createHash('sha256').update(readFileSync(pom)).update(readFileSync(artefactListFile));
  return join(home, 'artefacts', hash.digest('hex').slice(0, 12));
};
