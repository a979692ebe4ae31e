export { createPool, type Pool, type PoolClient, type PoolSettings, type Queryable } from './create-pool.ts';
export { hasUnknownOutcome, isTransient, sqlState } from './is-transient.ts';
export { migrate, type MigrationRun } from './migrate.ts';
export { runStatement } from './run-statement.ts';
export { withTransaction } from './with-transaction.ts';
