import { ask, Refused } from '../projector-apps.ts';

/** One generation of a projection, as a projector shows it at `GET /projections`. */
export type Generation = {
  readonly name: string;
  readonly version: number;
  readonly generation: number;
  readonly state: 'serving' | 'filling' | 'caught_up' | 'standby';
  readonly partitions: readonly { readonly partition: number; readonly offset: number; readonly lag: number }[];
  readonly lagEvents: number;
  readonly ratePerSecond: number;
  readonly parked: number;
  readonly rebuild: { readonly percent: number; readonly secondsLeft: number } | null;
  /** Null until it was compared with the serving one; one of another version has nothing to be compared with. */
  readonly comparison: Comparison | null;
};

export type Comparison = {
  readonly rows: number;
  readonly differing: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
};

export type Difference = {
  readonly key: Readonly<Record<string, unknown>>;
  readonly serving: Readonly<Record<string, unknown>> | null;
  readonly candidate: Readonly<Record<string, unknown>> | null;
  readonly orderVersion: number | null;
  readonly eventId: string | null;
};

export type Step = 'rebuild' | 'swap' | 'rollback' | 'drop';

/** The generations of one projection, as one projector tells and changes them. */
export type ProjectionRoutes = {
  readonly list: () => Promise<Generation[]>;
  readonly step: (step: Step, body?: object) => Promise<Generation[]>;
};

export const listProjections = async (url: string): Promise<Generation[]> =>
  (await ask<{ projections: Generation[] }>('GET', `${url}/projections`)).projections;

/** The routes at `url` for `name`. Throws Refused with the projector's code, or an error where it does not answer. */
export const projectionRoutes = (url: string, name: string): ProjectionRoutes => ({
  list: async () => (await listProjections(url)).filter((generation) => generation.name === name),
  step: async (step, body) =>
    (await ask<{ projections: Generation[] }>('POST', `${url}/projections/${encodeURIComponent(name)}/${step}`, body))
      .projections,
});

/** The projector may do it when it is asked again: it is away, or is not ready for the step just now. */
export const isForNow = (error: unknown): boolean => (error instanceof Refused ? error.status >= 500 : true);
