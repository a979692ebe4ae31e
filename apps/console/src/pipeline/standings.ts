import type { Health } from '../shapes.ts';

/** Remembers since when each thing has been in its state; what it was before it was first seen nobody knows. */
export const createStandings = (): (<T extends { state: Health }>(
  key: string,
  judged: T,
  at: number,
) => T & { since: string }) => {
  const standings = new Map<string, { state: Health; since: number }>();
  return (key, judged, at) => {
    const before = standings.get(key);
    const since = before?.state === judged.state ? before.since : at;
    standings.set(key, { state: judged.state, since });
    return { ...judged, since: new Date(since).toISOString() };
  };
};
