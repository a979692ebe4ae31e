/** `npm run pin-artefacts`: fetches what pom.xml names and writes artefacts.lock. Its diff is what a reviewer looks at. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { artefactListFile, formatArtefactList } from './artefact-list.ts';
import { findJava } from './find-java.mjs';
import { fetchWithMaven, runMaven } from './maven.ts';
import { digestArtefacts } from './verify-artefacts.ts';

const folder = mkdtempSync(join(tmpdir(), 'orderline-artefacts-'));
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));

/** Groups of the connector's libraries that do not name themselves. */
const groups = new Map([
  ['postgresql', 'org.postgresql'],
  ['protobuf-java', 'com.google.protobuf'],
  ['sketches-java', 'com.datadoghq'],
]);

/** Coordinates by file name, from Maven's list of Kafka's libraries and Quarkus' list of the registry's. */
const coordinatesByName = (maven: string, quarkus: string): Map<string, string> =>
  new Map([
    ...[...maven.matchAll(/^ +([^:\s]+):([^:\s]+):jar:([^:\s]+)/gmu)].map(
      ([, group = '', name = '', version = '']): [string, string] => [
        `${name}-${version}.jar`,
        `${group}:${name}:${version}`,
      ],
    ),
    ...[...quarkus.matchAll(/^([^:\s]+):([^:\s]+):([^:\s]*):jar:([^:\s]+)$/gmu)].map(
      ([, group = '', name = '', classifier = '', version = '']): [string, string] => [
        `${group}.${name}-${version}${classifier === '' ? '' : `-${classifier}`}.jar`,
        `${group}:${name}:${version}`,
      ],
    ),
  ]);

/** A jar that Maven built names itself; names in a jar's directory are not compressed. */
const coordinatesInside = (path: string): string | undefined => {
  for (const [, group = '', name = ''] of readFileSync(join(folder, path), 'latin1').matchAll(
    /META-INF\/maven\/([^/\s]+)\/([^/\s]+)\/pom\.properties/gu,
  )) {
    const version = basename(path, '.jar').slice(name.length + 1);
    if (basename(path) === `${name}-${version}.jar`) return `${group}:${name}:${version}`;
  }
  const [, name = '', version = ''] = /^(.+?)-(\d.*)\.jar$/u.exec(basename(path)) ?? [];
  const group = groups.get(name);
  return group && `${group}:${name}:${version}`;
};

try {
  const logFile = join(folder, 'maven.log');
  const listFile = join(folder, 'kafka.txt');
  const run = { java: await findJava(process.env), logFile, signal: interrupted.signal };
  await fetchWithMaven(folder, run);
  const list = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:list';
  await runMaven([list, '-DincludeScope=runtime', '-Dmdep.outputScope=false', `-DoutputFile=${listFile}`], run);
  const known = coordinatesByName(
    readFileSync(listFile, 'utf8'),
    readFileSync(join(folder, 'registry', 'quarkus-app-dependencies.txt'), 'utf8'),
  );
  const artefacts = [...(await digestArtefacts(folder))].map(([path, sha256]) => {
    const coordinates = path.endsWith('.jar') ? (known.get(basename(path)) ?? coordinatesInside(path)) : undefined;
    return { path, sha256, ...(coordinates !== undefined && { coordinates }) };
  });
  writeFileSync(artefactListFile, formatArtefactList(artefacts));
  console.log(`infra/local/artefacts.lock lists ${artefacts.length} files. Look at its diff before it is committed.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
