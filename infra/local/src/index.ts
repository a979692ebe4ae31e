export { applyRoles } from './postgres/apply-roles.ts';
export {
  localPassword,
  startPostgres,
  type PostgresSettings,
  type RunningPostgres,
} from './postgres/start-postgres.ts';
export { relayStatus, restartRelay } from './provision/relay.ts';
export { startStack, type Stack, type StackSettings } from './stack/start-stack.ts';
export type { StepReport } from './stack/run-steps.ts';
export type { PartNews } from './parts/supervised-part.ts';
export type { PartStatus } from './parts/part-set.ts';
