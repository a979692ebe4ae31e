import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { contractSchemas } from '@orderline/contracts';
import { stackApps } from '@orderline/local-stack';
import { startApp, type App } from '../fuzz/start-app.ts';
import { query } from '../invariants/query.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export type Metric = { readonly name: string; readonly type: string; readonly help: string };

/** What a scrape says of its metrics, with or without samples. */
export const metricsIn = (scraped: string): Metric[] => {
  const types = new Map(
    [...scraped.matchAll(/^# TYPE (\S+) (\S+)$/gmu)].map(([, name = '', type = '']) => [name, type]),
  );
  return [...scraped.matchAll(/^# HELP (\S+) ?(.*)$/gmu)].map(([, name = '', help = '']) => ({
    ...{ name, help: help.trim() },
    type: types.get(name) ?? 'unknown',
  }));
};

const kit = { folder: 'libs/projection/migrations', ledger: 'kit_migration' };

/** A process of every app of the stack, by the name of its folder; brokers, registry and Connect are away. */
export const startEveryApp = async (postgresUrl: string): Promise<Map<string, App>> => {
  const started = new Map<string, App>();
  for (const stackApp of stackApps) {
    const { folder, kind } = stackApp;
    const own = { folder: `apps/${folder}/migrations`, ledger: 'app_migration' };
    const orders = { folder: 'apps/order-command/migrations', ledger: 'migration' };
    const migrations = kind === 'projector' ? [kit, own] : [orders];
    const database = stackApp.kind === 'console' ? 'orders' : stackApp.database;
    const prepare = kind === 'command' ? fillSchemaIds : undefined;
    const app = { folder: `apps/${folder}`, role: database, migrations, ...(prepare && { prepare }) };
    started.set(folder, await startApp(postgresUrl, app));
  }
  return started;
};

const fillSchemaIds = async (ownerUrl: string): Promise<void> => {
  for (const [at, { subject, fingerprint }] of contractSchemas.entries()) {
    await query(ownerUrl, 'INSERT INTO schema_id VALUES ($1, $2, $3)', [subject, fingerprint, at + 1]);
  }
};

export const scrape = async ({ url }: Pick<App, 'url'>): Promise<string> => (await fetch(`${url}/metrics`)).text();

type AuditMetrics = { readonly auditMetrics: () => { readonly registry: { metrics(): Promise<string> } } };

/** Of `orderline audit --every`; loaded by path, since nobody imports an app. */
export const scrapeOfAudit = async (): Promise<string> => {
  const file = pathToFileURL(join(repository, 'apps/orderline/src/audit/audit-metrics.ts')).href;
  const { auditMetrics } = (await import(file)) as AuditMetrics;
  return auditMetrics().registry.metrics();
};
