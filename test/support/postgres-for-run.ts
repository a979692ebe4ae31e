import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyRoles, startPostgres } from '@orderline/local-stack';
import type { TestProject } from 'vitest/node';
import './provided.ts';

/** One PostgreSQL for the integration specs of a run, on a free port, with the cluster's roles; each file makes its own database. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-postgres-'));
  const server = await startPostgres({ folder, throwaway: true, settings: { max_connections: '300' } });
  await applyRoles(server.adminUrl);
  provide('postgresUrl', server.adminUrl);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
};
