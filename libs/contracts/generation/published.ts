import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AvroRecord } from '../src/avro-schema.ts';
import { fingerprint, sha256 } from './fingerprint.ts';
import { readSourceSchemas, selfContained } from './source-schemas.ts';

/** What was published of one schema version: digests of its fixtures, and of the schema if it ever was on the topic. */
type PublishedVersion = { readonly schema?: string; readonly fixtures: Readonly<Record<string, string>> };

type Published = Readonly<Record<string, Readonly<Record<string, PublishedVersion>>>>;

export type CurrentSchema = { readonly type: string; readonly schemaVersion: number; readonly schema: AvroRecord };

export const currentSchemas = (schemasFolder: string): CurrentSchema[] => {
  const { events, shared } = readSourceSchemas(join(schemasFolder, 'avro'));
  return [...events.values()].map((event) => ({
    type: event.name,
    schemaVersion: event.schemaVersion ?? 1,
    schema: selfContained(event, shared),
  }));
};

export const storedFixture = (type: string, version: number): string => `stored/${type}.v${version}.json`;
export const avroFixture = (type: string, version: number): string => `avro/${type}.v${version}.json`;
export const upcastFixture = (type: string, to: number): string => `upcast/${type}.v${to - 1}-v${to}.json`;

const readPublished = (schemasFolder: string): Published => {
  const path = join(schemasFolder, 'published.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Published) : {};
};

const fixtureFaults = (schemasFolder: string, { fixtures }: PublishedVersion): string[] =>
  Object.entries(fixtures).flatMap(([file, digest]) => {
    const path = join(schemasFolder, 'fixtures', file);
    if (existsSync(path) && sha256(readFileSync(path, 'utf8')) === digest) return [];
    return [`schemas/fixtures/${file} was changed after it was published: restore it, it is kept for ever.`];
  });

const schemaFaults = ({ type, schemaVersion, schema }: CurrentSchema, published: Published): string[] => {
  const versions = published[type] ?? {};
  const newest = Math.max(0, ...Object.keys(versions).map(Number));
  if (newest > schemaVersion)
    return [`${type} was published in version ${newest}: raise its schemaVersion above that.`];
  const present = versions[schemaVersion];
  if (!present) {
    return [`${type} version ${schemaVersion} has not been published: follow "A new version" in schemas/README.md.`];
  }
  if (present.schema === fingerprint(schema)) return [];
  const next = schemaVersion + 1;
  return [
    `${type} differs from its published version ${schemaVersion}: take the change back, or give it schemaVersion ${next} and follow "A new version" in schemas/README.md.`,
  ];
};

/** What is wrong with the present schemas and fixtures, measured by what schemas/published.json says went out. */
export const publicationFaults = (schemasFolder: string): string[] => {
  const published = readPublished(schemasFolder);
  const current = currentSchemas(schemasFolder);
  const known = new Set(current.map(({ type }) => type));
  const gone = Object.keys(published).filter((type) => !known.has(type));
  return [
    ...gone.map((type) => `${type} was published and has no schema any more: stored events of it can not be read.`),
    ...current.flatMap((schema) => schemaFaults(schema, published)),
    ...Object.values(published).flatMap((versions) =>
      Object.values(versions).flatMap((version) => fixtureFaults(schemasFolder, version)),
    ),
  ];
};

const recordVersion = (schemasFolder: string, type: string, version: number): Readonly<Record<string, string>> => {
  const wanted = version > 1 ? [storedFixture(type, version), upcastFixture(type, version)] : [storedFixture(type, 1)];
  const files = [...wanted, avroFixture(type, version)].filter((file) => {
    const there = existsSync(join(schemasFolder, 'fixtures', file));
    if (!there && wanted.includes(file)) throw new Error(`schemas/fixtures/${file} is missing: write it, then publish`);
    return there;
  });
  return Object.fromEntries(
    files.map((file) => [file, sha256(readFileSync(join(schemasFolder, 'fixtures', file), 'utf8'))]),
  );
};

/** Makes the Avro fixture of a schema: events with their bytes. */
export type AvroFixtureWriter = (current: CurrentSchema) => unknown;

const versionsOf = (schemasFolder: string, current: CurrentSchema, before: Published[string]): Published[string] => {
  const versions = Array.from({ length: current.schemaVersion }, (_, index) => index + 1);
  return Object.fromEntries(
    versions.map((version) => {
      const schema = version === current.schemaVersion ? { schema: fingerprint(current.schema) } : {};
      return [version, before[version] ?? { ...schema, fixtures: recordVersion(schemasFolder, current.type, version) }];
    }),
  );
};

/**
 * Publishes every version that is not in schemas/published.json yet: writes its Avro fixture, then notes the digests.
 * Never touches what is published already. Returns what it published.
 */
export const publish = (schemasFolder: string, avroFixtureOf: AvroFixtureWriter): string[] => {
  const published = readPublished(schemasFolder);
  const current = currentSchemas(schemasFolder);
  const fresh = current.filter(({ type, schemaVersion }) => !published[type]?.[schemaVersion]);
  for (const schema of fresh) {
    const path = join(schemasFolder, 'fixtures', avroFixture(schema.type, schema.schemaVersion));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(avroFixtureOf(schema), null, 2)}\n`);
  }
  const added = fresh.map((schema) => [schema.type, versionsOf(schemasFolder, schema, published[schema.type] ?? {})]);
  const all = { ...published, ...(Object.fromEntries(added) as Published) };
  writeFileSync(join(schemasFolder, 'published.json'), `${JSON.stringify(all, null, 2)}\n`);
  return fresh.map(({ type, schemaVersion }) => `${type} version ${schemaVersion}`);
};
