import type { Queryable } from '@orderline/postgres';

/** What the kit needs of a schema registry; rejects with `code: 'unknown_schema'` for an id that it does not have. */
export type Registry = { schemaById(id: number): Promise<string> };

/**
 * A source of schemas that remembers in the read model's database what the registry has said once: with the registry away,
 * consumers go on with every schema that any instance has seen.
 */
export const rememberedSchemas =
  (client: Queryable, registry: Registry) =>
  async (id: number): Promise<string> => {
    const { rows } = await client.query<{ schema: string }>('SELECT schema FROM projection_schema WHERE id = $1', [id]);
    if (rows[0] !== undefined) return rows[0].schema;
    const schema = await registry.schemaById(id);
    await client.query('INSERT INTO projection_schema (id, schema) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      id,
      schema,
    ]);
    return schema;
  };
