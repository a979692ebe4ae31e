import type { AuditOptions } from '@orderline/audit';
import { databaseUrl, stackApps, viewStack } from '@orderline/local-stack';
import { readConfig } from '../config.ts';

/** What there is to be audited in the local stack, seen by the role that may only read. */
export const localAudit = (): AuditOptions => {
  const { env, stack } = readConfig();
  const { addresses } = viewStack(stack, env);
  const urlOf = (database: string): string => databaseUrl(addresses, database, 'orders_auditor');
  const projectors = stackApps.filter((app) => app.kind === 'projector');
  return {
    ordersUrl: urlOf('orders'),
    kafkaBrokers: addresses.kafkaBrokers,
    registryUrl: addresses.registryUrl,
    readModels: projectors.map(({ name, database }) => ({ app: name, databaseUrl: urlOf(database) })),
  };
};
