import { contractSchemas } from '@orderline/contracts';
import { RequestRefused } from '@orderline/service-host';
import { z } from 'zod';
import { changesBetween } from '../difference/changes-between.ts';
import type { Schemas } from '../shapes.ts';
import type { Upstream } from '../upstream/upstream.ts';

type Subject = Schemas['subjects'][number];
type Version = { readonly version: number; readonly id: number; readonly schema: unknown };

const version = z.object({ version: z.int(), id: z.int(), schema: z.string() });
const level = z.object({ compatibilityLevel: z.string() });

/** Every subject of the registry, with its versions and how what this build knows compares with them. */
export const readSchemas = async (registry: Upstream): Promise<Schemas> => {
  const known = contractSchemas.map(({ subject }) => subject);
  const registered = await registry.ask(z.array(z.string()), '/subjects');
  const subjects = [...new Set([...known, ...registered])].toSorted();
  return { subjects: await Promise.all(subjects.map((subject) => readSubject(registry, subject))), away: [] };
};

const readSubject = async (registry: Upstream, subject: string): Promise<Subject> => {
  const path = encodeURIComponent(subject);
  const numbers = (await registry.ask(z.array(z.int()), `/subjects/${path}/versions`).catch(undefinedWhere404)) ?? [];
  const [compatibility, versions] = await Promise.all([
    registry.ask(level, `/config/${path}`).catch(undefinedWhere404),
    Promise.all(numbers.map(async (number) => readVersion(registry, `/subjects/${path}/versions/${number}`))),
  ]);
  return {
    subject,
    type: subject.slice(subject.lastIndexOf('.') + 1),
    compatibility: compatibility?.compatibilityLevel ?? null,
    inThisBuild: compareWithBuild(subject, versions),
    versions: withChanges(versions).toReversed(),
  };
};

const readVersion = async (registry: Upstream, path: string): Promise<Version> => {
  const { schema, ...place } = await registry.ask(version, path);
  return { ...place, schema: JSON.parse(schema) as unknown };
};

const undefinedWhere404 = (error: unknown): undefined => {
  if (error instanceof RequestRefused && error.status === 404) return undefined;
  throw error;
};

/** Oldest first. */
export const withChanges = (versions: readonly Version[]): Subject['versions'] =>
  versions.map((one, at) => ({
    ...one,
    changes: at === 0 ? [] : changesBetween(versions[at - 1]?.schema, one.schema),
  }));

/** `versions` are those of the registry, oldest first. */
export const compareWithBuild = (subject: string, versions: readonly Version[]): Subject['inThisBuild'] => {
  const own = contractSchemas.find((contract) => contract.subject === subject);
  if (own === undefined) return 'unknown_type';
  const ownSchema: unknown = JSON.parse(own.schema);
  const at = versions.findLastIndex(
    ({ schema }) => changesBetween(plainSchema(schema), plainSchema(ownSchema)).length === 0,
  );
  if (at === -1) return 'unregistered';
  return at === versions.length - 1 ? 'newest' : 'older';
};

const ofAvro = new Set(
  ['type', 'name', 'namespace', 'doc', 'aliases', 'fields', 'default', 'order', 'symbols', 'items', 'values'].concat([
    'size',
    'logicalType',
    'precision',
    'scale',
  ]),
);

/** As registries may keep it: without attributes that are not Avro's, and namespaces said once. */
const plainSchema = (schema: unknown, around?: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map((inner) => plainSchema(inner, around));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { namespace = around } = schema as { namespace?: unknown };
  const kept = Object.entries(schema).filter(
    ([name, value]) => ofAvro.has(name) && !(name === 'namespace' && value === around),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, plainSchema(value, namespace)]));
};
