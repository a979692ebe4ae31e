export { artefactListFile, parseArtefactList, type ListedArtefact } from './java/artefact-list.ts';
export type { PartStatus } from './parts/part-set.ts';
export type { PartNews } from './parts/supervised-part.ts';
export { applyRoles } from './postgres/apply-roles.ts';
export {
  localPassword,
  startPostgres,
  type PostgresSettings,
  type RunningPostgres,
} from './postgres/start-postgres.ts';
export { freePort } from './ports/free-port.ts';
export { portPlan, portVariables } from './ports/port-plan.ts';
export { provision } from './provision/provision.ts';
export { relayStatus, restartRelay, type RelayStatus } from './provision/relay.ts';
export { registerSchemas, type RegisteredSubject } from './provision/schemas.ts';
export { databaseUrl, type Addresses } from './stack/addresses.ts';
export { stackApps } from './stack/apps.ts';
export type { Detour } from './stack/detours.ts';
export { parseMode, type StackMode } from './stack/mode.ts';
export type { StepReport } from './stack/run-steps.ts';
export { stackHealth, viewStack, type PartHealth, type StackView } from './stack/stack-facts.ts';
export { startBroker, type RunningBroker } from './stack/start-broker.ts';
export { startStack, type Stack, type StackSettings } from './stack/start-stack.ts';
export { StackRunning, type Supervisor } from './stack/stack-lock.ts';
export { resetStack, stopStack } from './stack/stop-stack.ts';
