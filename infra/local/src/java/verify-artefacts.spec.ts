import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { artefactListFile, formatArtefactList, parseArtefactList } from './artefact-list.ts';
import { areFetched, fetchArtefacts } from './artefacts.ts';
import { verifyArtefacts } from './verify-artefacts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderline-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (path: string, content: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
};

describe('artefacts that were fetched', () => {
  const contents = {
    'kafka/kafka-clients-4.3.1.jar': 'clients',
    'connectors/debezium-connector-postgres/debezium-api.jar': 'debezium',
    'registry/lib/main/io.quarkus.jar': 'quarkus',
    'registry/quarkus/quarkus-application.dat': 'index',
  };
  const listed = Object.entries(contents).map(([path, content]) => ({
    path,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const verified = () => verifyArtefacts(folder, listed);
  beforeEach(async () => {
    for (const [path, content] of Object.entries(contents)) await put(path, content);
  });

  it('are used when each file has the listed bytes, whatever Java and Maven write beside them', async () => {
    await put('class-data/kafka-25.jsa', 'of this machine');
    await put('markers/io.debezium.marker', 'of this fetch');
    await expect(verified()).resolves.toBeUndefined();
  });
  it.each(Object.keys(contents))('are refused for one wrong byte in %s, with what to do', async (path) => {
    await put(path, contents[path as keyof typeof contents].replace('e', 'f').replace('a', 'b'));
    await expect(verified()).rejects.toThrow(
      new RegExp(`${path}: sha-256 is [0-9a-f]{64}, listed is [0-9a-f]{64}`, 'u'),
    );
    await expect(verified()).rejects.toThrow('Delete what is named from Maven');
  });
  it('are refused for a jar that is not listed: it would be on the class path', async () => {
    await put('kafka/added.jar', 'anything');
    await expect(verified()).rejects.toThrow('kafka/added.jar: not listed');
  });
  it('are refused for a jar that is missing or has another name', async () => {
    await rename(join(folder, 'kafka/kafka-clients-4.3.1.jar'), join(folder, 'kafka/kafka-clients-4.3.0.jar'));
    await expect(verified()).rejects.toThrow('kafka/kafka-clients-4.3.1.jar: missing');
    await expect(verified()).rejects.toThrow('kafka/kafka-clients-4.3.0.jar: not listed');
  });
  it('are refused for a link to the right bytes, which can change later', async () => {
    const path = 'kafka/kafka-clients-4.3.1.jar';
    await rename(join(folder, path), join(folder, 'elsewhere.jar'));
    await symlink(join(folder, 'elsewhere.jar'), join(folder, path));
    await expect(verified()).rejects.toThrow(`${path}: sha-256 is no file`);
  });
});

describe('the fetch', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('puts nothing in place, and leaves nothing, when Maven brings a wrong jar', async () => {
    const mvn = '#!/bin/sh\nfor word; do case $word in -Dartefacts=*) folder=${word#*=};; esac; done\n';
    const brings =
      'mkdir -p $folder/kafka $folder/connectors $folder/registry && echo wrong > $folder/kafka/wrong.jar\n';
    await put('bin/mvn', mvn + brings);
    await chmod(join(folder, 'bin/mvn'), 0o755);
    process.env['PATH'] = `${join(folder, 'bin')}:${path ?? ''}`;
    const home = join(folder, 'home');
    const java = { version: 25, home: '/nowhere', executable: '/nowhere/bin/java' };
    const run = { java, logFile: join(folder, 'maven.log'), signal: new AbortController().signal };
    await expect(fetchArtefacts(home, run)).rejects.toThrow('is not what infra/local/artefacts.lock lists');
    expect(areFetched(home)).toBe(false);
    expect(await readdir(join(home, 'artefacts'))).toEqual([]);
  });
});

describe('the committed list', () => {
  it('has every jar of the broker, the connector and the registry, and is as it would be written', async () => {
    const text = await readFile(artefactListFile, 'utf8');
    const artefacts = parseArtefactList(text);
    expect(formatArtefactList(artefacts)).toBe(text);
    for (const part of ['kafka/kafka_2.13-', 'connectors/debezium-connector-postgres/', 'registry/quarkus-run.jar'])
      expect(artefacts.some(({ path: listed }) => listed.startsWith(part))).toBe(true);
  });
  it('is refused when a line is cut', () => {
    expect(() => parseArtefactList('abc kafka/a.jar -\n')).toThrow('a line that is no artefact');
  });
});
