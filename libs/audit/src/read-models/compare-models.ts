import type { Queryable } from '@orderline/postgres';
import type { KindFinding } from '../audit-report.ts';
import type { StoreBucket } from '../store/sum-store.ts';
import { compareRows, type Compared } from './compare-rows.ts';
import type { OpenModel } from './open-model.ts';
import { compareProgress } from './progress.ts';

export type ModelComparison = { readonly findings: readonly KindFinding[]; readonly compared: readonly Compared[] };

/** Every projection that serves: how far each order has come, and every row of the tables that the audit can tell. */
export const compareModels = async (
  store: Queryable,
  stored: ReadonlyMap<string, StoreBucket>,
  models: readonly OpenModel[],
): Promise<ModelComparison> => {
  const findings: KindFinding[] = [];
  const compared: Compared[] = [];
  for (const model of models) {
    for (const served of model.served) {
      const progress = await compareProgress({ model, served }, store, stored);
      findings.push(...progress.findings);
      compared.push({ model, served, lags: progress.lags });
    }
  }
  findings.push(...(await compareRows(store, compared)));
  return { findings, compared };
};
