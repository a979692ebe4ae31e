import { randomUUID } from 'node:crypto';
import { createRegistryClient } from '@orderline/kafka';
import { expect, inject, it } from 'vitest';
import '../support/provided.ts';

type Field = { name: string; type: string; default?: unknown };

const recordOf = (name: string, fields: Field[]): string =>
  JSON.stringify({ type: 'record', name, namespace: 'scratch', fields });
const id: Field = { name: 'id', type: 'string' };

const setUp = () => {
  const name = `R${randomUUID().replaceAll('-', '')}`;
  return { name, subject: `scratch-${name}`, client: createRegistryClient({ url: inject('stack').registryUrl }) };
};

it('registers a schema once, however often it is asked to, and gives it back by its id', async () => {
  const { name, subject, client } = setUp();
  const schema = recordOf(name, [id]);
  expect(await client.latest(subject)).toBeUndefined();
  const first = await client.register(subject, schema, 'FULL_TRANSITIVE');
  expect(await client.register(subject, schema, 'FULL_TRANSITIVE')).toBe(first);
  expect(JSON.parse(await client.schemaById(first))).toEqual(JSON.parse(schema));
  expect(await client.latest(subject)).toMatchObject({ id: first, version: 1 });
});

it('takes what is compatible and refuses what is not, telling why', async () => {
  const { name, subject, client } = setUp();
  const wider = recordOf(name, [id, { name: 'note', type: 'string', default: '' }]);
  const broken = recordOf(name, [{ name: 'id', type: 'long' }]);
  expect(await client.incompatibilities(subject, broken)).toEqual([]);
  await client.register(subject, recordOf(name, [id]), 'FULL_TRANSITIVE');
  expect(await client.incompatibilities(subject, wider)).toEqual([]);
  expect((await client.incompatibilities(subject, broken)).join()).not.toBe('');
  await expect(client.register(subject, broken, 'FULL_TRANSITIVE')).rejects.toMatchObject({
    code: 'schema_refused',
    retriable: false,
  });
  await client.register(subject, wider, 'FULL_TRANSITIVE');
  expect(await client.latest(subject)).toMatchObject({ version: 2 });
});

it('says for good that a schema is unknown, and refuses what is no schema', async () => {
  const { subject, client } = setUp();
  await expect(client.schemaById(987_654_321)).rejects.toMatchObject({ code: 'unknown_schema', retriable: false });
  await expect(client.register(subject, '{"type":"record"}', 'FULL_TRANSITIVE')).rejects.toMatchObject({
    code: 'schema_refused',
  });
});
