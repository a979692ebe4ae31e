import { RequestRefused } from '@orderline/service-host';
import type { Projections } from '../shapes.ts';
import { projectionsOfApp } from '../upstream/answers.ts';
import { askAll } from '../upstream/ask-all.ts';
import { PartAway } from '../upstream/part-away.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Upstreams } from '../upstream/upstreams.ts';

export type Step = 'rebuild' | 'swap' | 'rollback' | 'drop';

/** A swap waits until both generations stand at the same offsets. */
const patienceMs = 30_000;

/** Takes a step of a rebuild at the app that hosts the projection; answers with its generations. */
export const takeStep = async (
  { projectors }: Pick<Upstreams, 'projectors'>,
  { name, step, body }: { readonly name: string; readonly step: Step; readonly body?: object },
): Promise<Projections> => {
  const host = await hostOf(projectors, name);
  const path = `/projections/${encodeURIComponent(name)}/${step}`;
  const { projections } = await host.ask(projectionsOfApp, path, { method: 'POST', body, patienceMs });
  return { projections: projections.map((generation) => ({ ...generation, app: host.part, delay: null })), away: [] };
};

/** Where no app that answers has it, one that is away may. */
const hostOf = async (projectors: ReadonlyMap<string, Upstream>, name: string): Promise<Upstream> => {
  const { answers, away } = await askAll(projectors, (projector) => projector.ask(projectionsOfApp, '/projections'));
  for (const [app, { projections }] of answers) {
    const host = projectors.get(app);
    if (host !== undefined && projections.some((projection) => projection.name === name)) return host;
  }
  if (away[0] !== undefined) throw new PartAway(away[0], undefined);
  throw new RequestRefused(404, 'unknown_projection', { detail: `No projector has a projection ${name}.` });
};
