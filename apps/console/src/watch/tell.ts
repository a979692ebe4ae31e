import type { Probe } from '../probe/probe.ts';
import { PartAway } from '../upstream/part-away.ts';
import type { Away, ParkedOrders, Projections } from '../shapes.ts';
import type { ProjectorSource, Sources } from './sources.ts';

/** What the projectors that answer say of their generations, and which do not answer. */
export const projectionsOf = ({ projectors }: Sources, at: number): Projections => ({
  projections: projectors.flatMap(({ name, generations, window }) => {
    const delay = window.delay('orderline_projection_delay_seconds');
    return (generations.value() ?? []).map((generation) => ({
      ...generation,
      app: name,
      delay: generation.state === 'serving' ? delay : null,
    }));
  }),
  away: awayAmong(projectors, ({ generations }) => generations, at),
});

/** Parked orders of the projectors that answer, newest first. */
export const parkedOf = ({ projectors }: Sources, at: number): ParkedOrders => ({
  items: projectors
    .flatMap(({ name, parked }) => (parked.value() ?? []).map((order) => ({ ...order, app: name })))
    .toSorted((one, other) => (one.since < other.since ? 1 : -1)),
  away: awayAmong(projectors, ({ parked }) => parked, at),
});

const awayAmong = (
  projectors: readonly ProjectorSource[],
  probeOf: (projector: ProjectorSource) => Probe<unknown>,
  at: number,
): Away[] =>
  projectors.flatMap((projector) => {
    const last = probeOf(projector).last();
    if (last === undefined || 'value' in last) return [];
    if (last.error instanceof PartAway) return [last.error.away];
    return [{ part: projector.name, since: new Date(at).toISOString(), advice: 'It could not be asked.' }];
  });
