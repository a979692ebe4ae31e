import { z } from 'zod';
import { queryOf } from '../http/ids.ts';
import type { ParkedOrder, Released } from '../shapes.ts';
import { parkedOfApp } from '../upstream/answers.ts';
import { askAll, type Asked } from '../upstream/ask-all.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Upstreams } from '../upstream/upstreams.ts';

const releasedOfApp = z.object({
  released: z.array(
    z.object({
      projection: z.string(),
      generation: z.int(),
      applied: z.int(),
      duplicates: z.int(),
      parked: z.int(),
    }),
  ),
});

/** The most pages of an app's parked orders that are gone through for one of them. */
const mostPages = 25;
const patienceMs = 30_000;

/** Where an order is parked, in every app that answers. */
export const findParked = async (
  { projectors }: Pick<Upstreams, 'projectors'>,
  orderId: string,
): Promise<Pick<Asked<unknown>, 'away'> & { items: ParkedOrder[] }> => {
  const { answers, away } = await askAll(projectors, (projector) => parkedIn(projector, orderId));
  const items = [...answers].flatMap(([app, parked]) => parked.map((order) => ({ ...order, app })));
  return { items, away };
};

type OwnParked = z.output<typeof parkedOfApp>['items'];

/** It may be parked in several projections of the app, at different times, so on several pages. */
const parkedIn = async (projector: Upstream, orderId: string): Promise<OwnParked> => {
  const found: OwnParked = [];
  let after: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await projector.ask(parkedOfApp, `/parked${queryOf({ limit: 200, after })}`);
    found.push(...page.items.filter((order) => order.orderId === orderId));
    if (page.next === null) break;
    after = page.next;
  }
  return found;
};

export type Release = { readonly orderId: string; readonly step: 'retry' | 'discard'; readonly body: object };

/** Retries or discards at each of these apps; `body` is what the projector takes. */
export const release = async (
  projectors: ReadonlyMap<string, Upstream>,
  { orderId, step, body }: Release,
): Promise<Pick<Released, 'released' | 'away'>> => {
  const path = `/parked/${encodeURIComponent(orderId)}/${step}`;
  const { answers, away } = await askAll(projectors, (projector) =>
    projector.ask(releasedOfApp, path, { method: 'POST', body, patienceMs }),
  );
  return { released: [...answers].flatMap(([app, answer]) => answer.released.map((one) => ({ app, ...one }))), away };
};
