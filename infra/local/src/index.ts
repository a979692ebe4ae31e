export { applyRoles } from './postgres/apply-roles.ts';
export {
  localPassword,
  startPostgres,
  type PostgresSettings,
  type RunningPostgres,
} from './postgres/start-postgres.ts';
