import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AvroField, AvroRecord, AvroSchema } from '../src/avro-schema.ts';
import { isUnion } from '../src/avro-schema.ts';

export type SourceSchemas = {
  /** Records that are events, and those that events are made of; by name. */
  readonly events: ReadonlyMap<string, AvroRecord>;
  readonly shared: ReadonlyMap<string, AvroRecord>;
  /** Every event starts with these, in this order. */
  readonly envelope: readonly AvroField[];
};

const readRecord = (folder: string, file: string): AvroRecord => {
  const record = JSON.parse(readFileSync(join(folder, file), 'utf8')) as AvroRecord;
  if (record.name !== basename(file, '.avsc')) throw new Error(`${file} defines ${record.name}: rename one of them`);
  const undocumented = record.fields.filter((field) => !field.doc).map((field) => field.name);
  if (!record.doc || undocumented.length > 0) throw new Error(`${file} lacks a doc: ${undocumented.join(', ')}`);
  // The decoder puts the record's name into `type`, which tells events apart in TypeScript.
  if (record.fields.some((field) => field.name === 'type')) throw new Error(`${file}: no field may be named type`);
  return record;
};

const commonStart = (events: readonly AvroRecord[]): AvroField[] => {
  const [first, ...others] = events;
  const end = first?.fields.findIndex((field) => field.name === 'aggregateType') ?? -1;
  if (!first || end < 0) throw new Error('an event has the whole envelope, which ends with aggregateType');
  const envelope = first.fields.slice(0, end + 1);
  const odd = others.find((event) => JSON.stringify(event.fields.slice(0, end + 1)) !== JSON.stringify(envelope));
  if (odd) throw new Error(`${odd.name} starts with another envelope than ${first.name}: all events share one`);
  return envelope;
};

/** Reads one record per `.avsc` file; refuses records without docs and events whose envelopes differ. */
export const readSourceSchemas = (folder: string): SourceSchemas => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.avsc'));
  const records = files.sort().map((file) => readRecord(folder, file));
  const events = records.filter((record) => record.schemaVersion !== undefined);
  const shared = records.filter((record) => record.schemaVersion === undefined);
  return {
    events: new Map(events.map((record) => [record.name, record])),
    shared: new Map(shared.map((record) => [record.name, record])),
    envelope: commonStart(events),
  };
};

const inline = (schema: AvroSchema, shared: SourceSchemas['shared'], defined: Set<string>): AvroSchema => {
  if (typeof schema === 'string') {
    const record = shared.get(schema);
    if (!record || defined.has(schema)) return schema;
    defined.add(schema);
    return inlineFields(record, shared, defined);
  }
  if (isUnion(schema)) return schema.map((branch) => inline(branch, shared, defined));
  if (schema.type === 'array') return { ...schema, items: inline(schema.items, shared, defined) };
  return schema.type === 'record' ? inlineFields(schema, shared, defined) : schema;
};

const inlineFields = (record: AvroRecord, shared: SourceSchemas['shared'], defined: Set<string>): AvroRecord => ({
  ...record,
  fields: record.fields.map((field) => ({ ...field, type: inline(field.type, shared, defined) })),
});

/** The record as it is registered: every record it names is defined where it is first used. */
export const selfContained = (event: AvroRecord, shared: SourceSchemas['shared']): AvroRecord =>
  inlineFields(event, shared, new Set());
