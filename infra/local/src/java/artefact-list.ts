import { fileURLToPath } from 'node:url';

export type ListedArtefact = {
  /** Below the folder of the artefacts, as in `kafka/kafka-clients-4.3.1.jar`. */
  readonly path: string;
  readonly sha256: string;
  /** `group:artifact:version`, where the file is an artefact of Maven's and not one that it was packed with. */
  readonly coordinates?: string;
};

/** A line for every file that Maven puts into the artefacts: sha-256, path, coordinates or `-`. */
export const artefactListFile = fileURLToPath(new URL('../../artefacts.lock', import.meta.url));

/** Throws when a line is not of this shape. */
export const parseArtefactList = (text: string): ListedArtefact[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, sha256, path, coordinates] = /^([0-9a-f]{64}) (\S+) (\S+)$/u.exec(line) ?? [];
      if (sha256 === undefined || path === undefined || coordinates === undefined)
        throw new Error(`infra/local/artefacts.lock has a line that is no artefact: ${line}`);
      return { path, sha256, ...(coordinates !== '-' && { coordinates }) };
    });

export const formatArtefactList = (artefacts: readonly ListedArtefact[]): string =>
  [
    '# What infra/local/pom.xml brings: sha-256, file, coordinates. Written by `npm run pin-artefacts`.',
    ...artefacts
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ sha256, path, coordinates = '-' }) => `${sha256} ${path} ${coordinates}`),
    '',
  ].join('\n');
