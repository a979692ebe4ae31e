import type { Addresses } from '../stack/addresses.ts';
import { presentApps } from '../stack/apps.ts';
import { repository } from '../stack/repository.ts';
import { runSteps, type StepReport } from '../stack/run-steps.ts';
import { provisionSteps, waitSteps } from './steps.ts';

/**
 * Waits for the servers, then brings roles, databases, tables, topics, schemas and the relay up to date for every app that
 * is there. May be run again at any time, also beside running apps.
 */
export const provision = (
  addresses: Addresses,
  onStep: (report: StepReport) => void,
  signal: AbortSignal,
): Promise<void> =>
  runSteps({ ...waitSteps(addresses, []), ...provisionSteps(addresses, presentApps(repository)) }, onStep, signal);
