import { findLost } from '@orderline/audit';
import { databaseUrl, viewStack } from '@orderline/local-stack';
import { readConfig } from '../config.ts';
import type { Lost } from './send-lost.ts';

/** Asks the audit of the local stack what the topic lacks, as the role that can read only. */
export const lostOrders = (): Promise<readonly Lost[]> => {
  const { env, stack } = readConfig();
  const { addresses } = viewStack(stack, env);
  return findLost({
    ordersUrl: databaseUrl(addresses, 'orders', 'orders_auditor'),
    kafkaBrokers: addresses.kafkaBrokers,
    registryUrl: addresses.registryUrl,
  });
};
