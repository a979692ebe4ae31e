import { contractSchemas } from '@orderline/contracts';
import { createRegistryClient } from '@orderline/kafka';
import { createPool } from '@orderline/postgres';
import { databaseUrl, type Addresses } from '../stack/addresses.ts';

export type RegisteredSubject = { readonly subject: string; readonly id: number };

/**
 * Registers every schema of the contract, each subject FULL_TRANSITIVE, and keeps the ids in the orders database, so that
 * commands never ask the registry. May be run again. Throws when the registry refuses one: it breaks somebody who reads.
 */
export const registerSchemas = async (addresses: Addresses): Promise<RegisteredSubject[]> => {
  const registry = createRegistryClient({ url: addresses.registryUrl, timeoutMs: 15_000 });
  const registered = await Promise.all(
    contractSchemas.map(async ({ subject, schema, fingerprint }) => ({
      subject,
      fingerprint,
      id: await registry.register(subject, schema, 'FULL_TRANSITIVE'),
    })),
  );
  const pool = createPool({
    databaseUrl: databaseUrl(addresses, 'orders', 'orders_owner'),
    applicationName: 'orderline schemas',
    max: 1,
  });
  try {
    await pool.query(
      `INSERT INTO schema_id (subject, fingerprint, id)
       SELECT * FROM unnest($1::text[], $2::text[], $3::int[])
       ON CONFLICT (subject, fingerprint) DO UPDATE SET id = excluded.id`,
      [registered.map((one) => one.subject), registered.map((one) => one.fingerprint), registered.map(({ id }) => id)],
    );
  } finally {
    await pool.end();
  }
  return registered.map(({ subject, id }) => ({ subject, id }));
};
