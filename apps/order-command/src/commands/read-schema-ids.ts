import { ContractError, currentSchemaIds, type RegisteredSchema, type SchemaIds } from '@orderline/contracts';
import type { Queryable } from '@orderline/postgres';
import { CannotStart } from '@orderline/service-host';

/** The registry ids of the schemas this build writes, as they were kept at deployment. Throws CannotStart without them. */
export const readSchemaIds = async (database: Queryable): Promise<SchemaIds> => {
  const { rows } = await database.query<RegisteredSchema>('SELECT subject, fingerprint, id FROM schema_id');
  try {
    return currentSchemaIds(rows);
  } catch (error) {
    if (error instanceof ContractError)
      throw new CannotStart(`order-command cannot start: ${error.message}`, { cause: error });
    throw error;
  }
};
