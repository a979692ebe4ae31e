import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { contractSchemas } from '@orderline/contracts';
import { publishedSchemas } from '@orderline/contracts/governance';
import { breakingChanges, seeded } from '@orderline/contracts/governance/testing';
import { createRegistryClient } from '@orderline/kafka';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import '../support/provided.ts';
import { withBorrowedSubject } from './borrowed-subject.ts';
import { schemasCheck } from './schemas-check.ts';

const schemas = fileURLToPath(new URL('../../schemas', import.meta.url));
const { subject, schema } = contractSchemas.find(({ type }) => type === 'OrderReady')!;
const ownSubject = `spec-${randomUUID()}`;
const registry = () => createRegistryClient({ url: inject('stack').registryUrl });

/** What somebody published past this repository: the present OrderReady leaves out a field that it wants. */
beforeAll(async () => {
  const { fields, ...record } = JSON.parse(schema) as { fields: object[] };
  const published = { ...record, fields: [...fields, { name: 'shelf', type: 'string', doc: 'Where it waits.' }] };
  await registry().register(ownSubject, JSON.stringify(published), 'FULL_TRANSITIVE');
});

describe('a schema that the published set lets through and the registry refuses', () => {
  it('fails schemas check, with the reasons of the registry and what to do', async () => {
    const address = await withBorrowedSubject(inject('stack').registryUrl, { subject, instead: ownSubject });
    const { code, said } = await schemasCheck('--registry', address);
    expect(said).toMatch(new RegExp(`^BREAKING  the registry refuses ${subject}:\n          \\S`, 'mu'));
    expect(said).toMatch(/shelf \(string\) is gone[^]*Instead: /u);
    expect(said).toMatch(/^registry: .* 1 refuse it$/mu);
    expect(said).toMatch(/^0 breaking changes, 0 harmless ones, 0 faults$/mu);
    expect(code).toBe(1);
  });

  it('is not registered either', async () => {
    await expect(registry().register(ownSubject, schema, 'FULL_TRANSITIVE')).rejects.toMatchObject({
      code: 'schema_refused',
    });
  });
});

describe('a change that schemas check refuses', () => {
  /** Why the registry alone is not enough: what it takes all the same. */
  const taken = [
    'an optional envelope field removed', // Avro has its default
    'an optional field renamed with an alias', // resolved by the alias, which many decoders do not know
    'text turned into bytes', // Avro reads each as the other
    'milliseconds turned into microseconds', // not Avro's business: a long is a long
    'an instant turned into a plain number',
    'a default that is no value of the first branch', // defaults are not looked at
    'the namespace changed', // only the name is compared
    'bytes of a record inside turned into text',
  ];

  it('is refused by the registry too, but for what Avro can read, or the registry does not look at', async () => {
    // Another spec registers a newer OrderConfirmed.
    const published = publishedSchemas(schemas).filter(({ type }) => type !== 'OrderConfirmed');
    const found: string[] = [];
    for (const change of breakingChanges) {
      const contract = published.find((one) => seeded(change, one.schema) !== undefined)!;
      const of = contractSchemas.find(({ type }) => type === contract.type)!.subject;
      const reasons = await registry().incompatibilities(of, JSON.stringify(seeded(change, contract.schema)));
      if (reasons.length === 0) found.push(change.name);
    }
    expect(found).toEqual(taken);
  });
});
