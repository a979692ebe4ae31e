import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { contractSchemas } from '@orderline/contracts';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { kitMigrations } from '@orderline/projection';
import { createTestDatabase } from '@orderline/testing';
import { schemaIds } from '../orders/stored-form.ts';

/** A projector of this repository, by the folder of its app. */
export type ProjectorName = 'order-summary' | 'restaurant-dashboard' | 'customer-history' | 'analytics';

/** An empty read model of a projector, as deployed. */
export type ReadModel = {
  readonly name: ProjectorName;
  readonly folder: string;
  readonly appUrl: string;
  /** A superuser's connections to it. */
  readonly pool: Pool;
  /** Consumer groups that nobody else has. */
  readonly groupPrefix: string;
  drop(): Promise<void>;
};

/** Its database knows the schemas already, as that of a projector which has been at work: no registry is needed. */
export const makeReadModel = async (adminUrl: string, name: ProjectorName): Promise<ReadModel> => {
  const role = name.replaceAll('-', '_');
  const folder = join(import.meta.dirname, '../../../apps', `${name}-projector`);
  const database = await createTestDatabase(adminUrl, `${role}_owner`);
  const owner = { databaseUrl: database.urlOf(`${role}_owner`) };
  await migrate({ ...owner, ...kitMigrations });
  await migrate({ ...owner, folder: join(folder, 'migrations'), ledger: 'app_migration' });
  const pool = createPool({ databaseUrl: database.adminUrl, applicationName: 'backlog bench', max: 2 });
  for (const { subject, schema } of contractSchemas) {
    await pool.query('INSERT INTO projection_schema VALUES ($1, $2)', [schemaIds.get(subject), schema]);
  }
  return {
    name,
    folder,
    appUrl: database.urlOf(`${role}_app`),
    pool,
    groupPrefix: `${randomUUID().slice(0, 8)}-`,
    drop: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
