import { runAudit, type AuditOptions } from '@orderline/audit';
import { schemasByHttp } from './audit/schemas-by-http.ts';
import { storeFromTopic } from './audit/store-from-topic.ts';
import { withBacklog } from './backlog/backlog-servers.ts';
import { drain } from './backlog/drain.ts';
import { makeReadModel, type ProjectorName, type ReadModel } from './backlog/read-model.ts';
import type { Effort } from './effort.ts';
import { measureArms, type ComparisonResult } from './measure-arms.ts';

const projectors: readonly ProjectorName[] = ['order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'];

/** The whole audit of a store, its topic and all four read models, filled by the projectors themselves; and its parts. */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withBacklog(effort.events, async (servers) => {
    const { adminUrl, brokers } = servers;
    const filled = async (name: ProjectorName): Promise<ReadModel> => {
      const readModel = await makeReadModel(adminUrl, name);
      await drain(readModel, servers, effort.events);
      await readModel.pool.query('ANALYZE');
      return readModel;
    };
    // All at once: only what comes after them is measured.
    const [orders, ...readModels] = await Promise.all([storeFromTopic(adminUrl, brokers), ...projectors.map(filled)]);
    const registry = await schemasByHttp();
    try {
      const audit = auditOf({
        ordersUrl: orders.urlOf('orders_auditor'),
        kafkaBrokers: brokers,
        registryUrl: registry.url,
        readModels: readModels.map(({ name, appUrl }) => ({ app: name, databaseUrl: asAuditor(appUrl) })),
      });
      report(
        await measureArms({
          title: `audit of ${effort.events.toLocaleString('en')} events`,
          unit: 's',
          against: 'everything',
          rounds: Math.min(effort.rounds, 3),
          warmUp: false,
          arms: [
            { name: 'everything', round: () => audit(['store', 'topic', 'read-models']) },
            { name: 'store and topic', round: () => audit(['store', 'topic']) },
            { name: 'store alone', round: () => audit(['store']) },
          ],
        }),
      );
      console.log(`most memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1_000)} MB`);
    } finally {
      registry.close();
      for (const readModel of readModels) await readModel.drop();
      await orders.drop();
    }
  });

const asAuditor = (databaseUrl: string): string => {
  const url = new URL(databaseUrl);
  url.username = 'orders_auditor';
  return url.href;
};

const auditOf =
  (options: AuditOptions) =>
  async (parts: NonNullable<AuditOptions['parts']>): Promise<number> => {
    const { ok, seconds, ...found } = await runAudit({ ...options, parts });
    if (!ok) throw new Error(`a sound store was not found so: ${JSON.stringify(found).slice(0, 2_000)}`);
    return seconds;
  };
