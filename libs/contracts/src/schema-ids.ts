import { ContractError } from './contract-error.ts';
import { contractSchemas } from './contract-schemas.ts';

/** Registry id of this build's schema, by subject. Made by `currentSchemaIds`. */
export type SchemaIds = ReadonlyMap<string, number>;

export type RegisteredSchema = { readonly subject: string; readonly fingerprint: string; readonly id: number };

/**
 * Picks the ids of the schemas this build writes from all that were ever registered (table `schema_id`).
 * Throws `missing_schema_id`, naming every subject that lacks one.
 */
export const currentSchemaIds = (registered: readonly RegisteredSchema[]): SchemaIds => {
  const idOf = new Map(registered.map(({ subject, fingerprint, id }) => [`${subject} ${fingerprint}`, id]));
  const ids = new Map<string, number>();
  const missing: string[] = [];
  for (const { subject, fingerprint } of contractSchemas) {
    const id = idOf.get(`${subject} ${fingerprint}`);
    if (id === undefined) missing.push(subject);
    else ids.set(subject, id);
  }
  if (missing.length === 0) return ids;
  throw new ContractError(
    'missing_schema_id',
    `not registered in the version this build writes: ${missing.join(', ')}. Run \`npm run orderline -- schemas register\``,
  );
};
