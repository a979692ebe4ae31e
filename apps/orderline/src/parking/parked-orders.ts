import { ask, askAll, Refused, type Asked, type ProjectorApp } from '../projector-apps.ts';

/** An order that waits in one projection for somebody to look: the event at the head, and how many wait behind it. */
export type Parked = {
  readonly orderId: string;
  readonly projection: string;
  readonly version: number;
  readonly reason: string;
  readonly since: string;
  readonly waiting: number;
  readonly partition: number;
  readonly offset: number;
};

export type Released = {
  readonly projection: string;
  readonly generation: number;
  readonly applied: number;
  readonly duplicates: number;
  readonly parked: number;
};

export type ReleaseChoice = {
  readonly projection?: string | undefined;
  readonly dryRun: boolean;
  /** Gives up the event at the head, for this reason. */
  readonly reason?: string | undefined;
};

/** Every parked order of these projectors, newest first, of one projection where one is named. */
export const listParked = async (apps: readonly ProjectorApp[], projection?: string): Promise<Asked<Parked[]>> => {
  const asked = await askAll(apps, ({ url }) => allOf(url));
  if (projection === undefined) return asked;
  const only = (items: readonly Parked[]): Parked[] => items.filter((item) => item.projection === projection);
  return { ...asked, answers: asked.answers.map(({ app, answer }) => ({ app, answer: only(answer) })) };
};

const allOf = async (url: string): Promise<Parked[]> => {
  const items: Parked[] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
    const page: { items: Parked[]; next: string | null } = await ask('GET', `${url}/parked?limit=200${after}`);
    items.push(...page.items);
    next = page.next;
  }
  return items;
};

/** Retries, or with a reason discards, what is parked of an order, in every projector that has it. */
export const release = (
  apps: readonly ProjectorApp[],
  orderId: string,
  { reason, projection, dryRun }: ReleaseChoice,
): Promise<Asked<Released[]>> => {
  const body = { dryRun, ...(projection !== undefined && { projection }), ...(reason !== undefined && { reason }) };
  const path = `/parked/${encodeURIComponent(orderId)}/${reason === undefined ? 'retry' : 'discard'}`;
  return askAll(apps, ({ url }) =>
    ask<{ released: Released[] }>('POST', url + path, body).then(
      ({ released }) => released,
      (error: unknown) => {
        if (error instanceof Refused && error.code === 'not_parked') return [];
        throw error;
      },
    ),
  );
};
