import { ContractError, currentSchemaIds, type RegisteredSchema, type SchemaIds } from '@orderline/contracts';
import { sqlState, type Queryable } from '@orderline/postgres';
import { CannotStart } from '@orderline/service-host';

/**
 * The registry ids of the schemas this build writes, as they were kept at deployment. `place` names the database where it
 * cannot be asked. Throws CannotStart, saying what to do.
 */
export const readSchemaIds = async (database: Queryable, place: string): Promise<SchemaIds> => {
  try {
    const { rows } = await database.query<RegisteredSchema>('SELECT subject, fingerprint, id FROM schema_id');
    return currentSchemaIds(rows);
  } catch (cause) {
    throw new CannotStart(`order-command cannot start: ${reasonOf(cause, place)}`, { cause });
  }
};

const undefinedTable = '42P01';

const reasonOf = (cause: unknown, place: string): string => {
  if (cause instanceof ContractError) return cause.message;
  if (sqlState(cause) === undefinedTable)
    return `the database at ${place} is not migrated. Run npm run orderline -- up`;
  const message = cause instanceof Error ? cause.message : String(cause);
  return `the database at ${place} does not answer (${message}). Start it, or set DATABASE_URL to where it is`;
};
