import { readFile } from 'node:fs/promises';
import { createPool } from '@orderline/postgres';

const rolesFile = new URL('../../../postgres/roles.sql', import.meta.url);

/** Makes or brings up to date every role of infra/postgres/roles.sql in the cluster; may be run at any time, also twice at once. */
export const applyRoles = async (adminUrl: string): Promise<void> => {
  const pool = createPool({ databaseUrl: adminUrl, applicationName: 'orderline roles', max: 1 });
  try {
    await pool.query(await readFile(rolesFile, 'utf8'));
  } finally {
    await pool.end();
  }
};
