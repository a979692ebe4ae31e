import { contractSchemas } from '@orderline/contracts';
import { describe, expect, it } from 'vitest';
import { compareWithBuild, withChanges } from './read-schemas.ts';

const own = contractSchemas.find(({ type }) => type === 'OrderConfirmed')!;
const ownSchema = JSON.parse(own.schema) as { fields: { name: string; type: unknown }[] };
const other = { ...ownSchema, fields: ownSchema.fields.slice(1) };
const registered = (...schemas: unknown[]) => schemas.map((schema, at) => ({ version: at + 1, id: at + 10, schema }));

describe('a subject', () => {
  it('is told how what this build writes compares with what is registered', () => {
    expect(compareWithBuild(own.subject, registered(other, ownSchema))).toBe('newest');
    expect(compareWithBuild(own.subject, registered(ownSchema, other))).toBe('older');
    expect(compareWithBuild(own.subject, registered(other))).toBe('unregistered');
    expect(compareWithBuild('of-another-team', registered(other))).toBe('unknown_type');
  });

  it('is the same where a registry has left out what is not Avro’s, and says a namespace once', () => {
    const kept = Object.entries(ownSchema).filter(([name]) => name !== 'schemaVersion');
    const said = JSON.stringify(Object.fromEntries(kept));
    const once = JSON.parse(said.replaceAll(/("name":"Actor"),"namespace":"[^"]+"/gu, '$1')) as unknown;
    expect(JSON.stringify(once).length).toBeLessThan(said.length);
    expect(compareWithBuild(own.subject, registered(once))).toBe('newest');
  });

  it('is the same where a registry leaves out a namespace that is that of the record around it', () => {
    const within = { type: 'record', name: 'Actor', fields: [] };
    const said = JSON.stringify(ownSchema).replaceAll(
      /"name":"Actor","namespace":"orderline\.orders"/gu,
      '"name":"Actor"',
    );
    expect(said).not.toBe(JSON.stringify(ownSchema));
    expect(compareWithBuild(own.subject, registered(JSON.parse(said)))).toBe('newest');
    const elsewhere = {
      ...ownSchema,
      fields: [...ownSchema.fields, { name: 'x', type: { ...within, namespace: 'x' } }],
    };
    expect(compareWithBuild(own.subject, registered(elsewhere))).toBe('unregistered');
  });

  it('shows what each version changed against the one before it', () => {
    const [first, second] = withChanges(registered(other, ownSchema));
    const [field] = ownSchema.fields;
    expect(first?.changes).toEqual([]);
    expect(second?.changes).toContainEqual({ path: `/fields/${field?.name ?? ''}/type`, after: field?.type });
  });
});
