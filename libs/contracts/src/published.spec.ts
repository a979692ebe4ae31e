import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { avroFixtureOf, eventAsJson } from '../generation/avro-fixture.ts';
import { generatedFiles } from '../generation/generated-files.ts';
import { publicationFaults, publish, storedFixture, upcastFixture } from '../generation/published.ts';
import type { ContractEvent, StoredEvent } from './index.ts';
import { createDecoder, currentSchemaVersion, eventTypes, isUnknownEvent, upcast } from './index.ts';

const schemas = join(import.meta.dirname, '..', '..', '..', 'schemas');
const fixture = (path: string): unknown => JSON.parse(readFileSync(join(schemas, 'fixtures', path), 'utf8'));
const fixtures = (kind: string): string[] =>
  readdirSync(join(schemas, 'fixtures', kind)).map((file) => `${kind}/${file}`);

type StoredFixture = Omit<StoredEvent, 'data'> & { samples: object[] };
type UpcastFixture = { from: object; to: object }[];
type AvroFixture = { schemaId: number; schema: object; events: { event: object; wire: string }[] };

describe('the generated files', () => {
  it.each([...generatedFiles(join(schemas, 'avro'))])('%s is what the schemas say', (file, text) => {
    const there = readFileSync(join(import.meta.dirname, 'generated', file), 'utf8');
    expect(there === text, 'stale: run `npm run generate -w @orderline/contracts`').toBe(true);
  });
});

describe('what was published', () => {
  it('is still what the schemas and fixtures say', () => {
    expect(publicationFaults(schemas)).toEqual([]);
  });

  it.each(fixtures('avro'))('%s: its bytes still decode into the same events', async (path) => {
    const { schemaId, schema, events } = fixture(path) as AvroFixture;
    const decoder = createDecoder((id) => Promise.resolve(id === schemaId ? JSON.stringify(schema) : ''));
    for (const { event, wire } of events) {
      const decoded = await decoder.decode(Buffer.from(wire, 'base64'));
      expect(isUnknownEvent(decoded)).toBe(false);
      expect(eventAsJson(decoded as ContractEvent)).toMatchObject(event);
    }
  });

  it.each(fixtures('stored'))('%s: its samples are read one version step at a time', (path) => {
    const { type, schemaVersion, samples } = fixture(path) as StoredFixture;
    const current = eventTypes.includes(type as never) ? currentSchemaVersion(type as never) : 0;
    for (const data of samples) {
      let expected = data;
      for (let next = schemaVersion + 1; next <= current; next += 1) {
        const steps = fixture(upcastFixture(type, next)) as UpcastFixture;
        const step = steps.find(({ from }) => JSON.stringify(from) === JSON.stringify(expected));
        expect(step, `${upcastFixture(type, next)} has no step from ${JSON.stringify(expected)}`).toBeDefined();
        expected = step!.to;
      }
      expect(upcast({ type, schemaVersion, data })).toEqual({ type, schemaVersion: current, data: expected });
    }
  });

  it('has a stored fixture of every version there ever was', () => {
    const wanted = eventTypes.flatMap((type) =>
      Array.from({ length: currentSchemaVersion(type) }, (_, index) => storedFixture(type, index + 1)),
    );
    expect(fixtures('stored').sort()).toEqual(wanted.sort());
  });
});

describe('the changelog of the contract', () => {
  const changelog = readFileSync(join(schemas, 'CHANGELOG.md'), 'utf8');
  const published = JSON.parse(readFileSync(join(schemas, 'published.json'), 'utf8')) as Record<string, object>;
  const versions = Object.entries(published).flatMap(([type, of]) =>
    Object.keys(of).map((version) => ({ type, version })),
  );
  const entries = [...changelog.matchAll(/^\| (Order\w+|Payment\w+) +\| (\d+) +\| (.+?) +\|$/gmu)];

  it.each(versions)('has an entry for $type version $version', ({ type, version }) => {
    const entry = entries.find(([, name, of]) => name === type && of === version);
    expect(entry?.[3]?.length, `add a row for ${type} ${version} to schemas/CHANGELOG.md`).toBeGreaterThan(10);
  });

  it('has none for what was never published', () => {
    const known = versions.map(({ type, version }) => `${type} ${version}`);
    expect(entries.map(([, type, version]) => `${type} ${version}`).sort()).toEqual(known.sort());
  });
});

describe('a change of something published', () => {
  const copy = mkdtempSync(join(tmpdir(), 'orderline-schemas-'));
  afterAll(() => rmSync(copy, { recursive: true }));

  const changed = (file: string, change: (text: string) => string): string[] => {
    rmSync(copy, { recursive: true });
    cpSync(schemas, copy, { recursive: true });
    const path = join(copy, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return publicationFaults(copy);
  };
  const addField = (text: string): string =>
    text.replace(/\s+\]\s+\}\s*$/u, ', {"name":"tip","type":"long","doc":"Tip.","default":0}]}');

  it('is refused in a schema, saying which version it needs', () => {
    expect(changed('avro/OrderReady.avsc', addField)).toEqual([
      'OrderReady differs from its published version 1: take the change back, or give it schemaVersion 2 and follow "A new version" in schemas/README.md.',
    ]);
  });

  it('is refused in a record that events share, for each of them', () => {
    const faults = changed('avro/OrderItem.avsc', (text) => text.replace('"long"', '"int"'));
    expect(faults).toEqual([expect.stringMatching(/^OrderCreated differs from its published version 3/u)]);
  });

  it('is no change when only a doc is worded better', () => {
    expect(changed('avro/OrderReady.avsc', (text) => text.replace('can be picked up', 'is ready'))).toEqual([]);
  });

  it('asks for the fixtures of a new version, and takes no other way', () => {
    const version2 = (text: string): string => addField(text).replace('"schemaVersion": 1', '"schemaVersion": 2');
    expect(changed('avro/OrderReady.avsc', version2)).toEqual([
      'OrderReady version 2 has not been published: follow "A new version" in schemas/README.md.',
    ]);
    expect(() => publish(copy, avroFixtureOf(copy))).toThrow(/OrderReady\.v2\.json/u);
  });

  it('is refused in a fixture', () => {
    const faults = changed('fixtures/upcast/OrderCreated.v1-v2.json', (text) => text.replace('27.5', '28.5'));
    expect(faults).toEqual([
      'schemas/fixtures/upcast/OrderCreated.v1-v2.json was changed after it was published: restore it, it is kept for ever.',
    ]);
  });

  it('is refused when a version is taken back', () => {
    const faults = changed('avro/OrderCreated.avsc', (text) =>
      text.replace('"schemaVersion": 3', '"schemaVersion": 2'),
    );
    expect(faults).toEqual(['OrderCreated was published in version 3: raise its schemaVersion above that.']);
  });
});
