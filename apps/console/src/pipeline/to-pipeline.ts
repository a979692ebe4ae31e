import { valueOf } from '../probe/sight.ts';
import type { Away, Part, Pipeline } from '../shapes.ts';
import { judgeHops } from './judge-hops.ts';
import { judgeParts } from './judge-parts.ts';
import type { Observation } from './observation.ts';
import { createStandings } from './standings.ts';

/** Makes of one observation after another what the page is told; remembers since when each thing is as it is. */
export const createPipelineView = (): ((seen: Observation) => Pipeline) => {
  const hopStanding = createStandings();
  const partStanding = createStandings();
  return (seen) => {
    const relay = valueOf(seen.relay);
    const parts = judgeParts(seen).map((judged) => partStanding(judged.name, judged, seen.at));
    return {
      at: new Date(seen.at).toISOString(),
      hops: judgeHops(seen).map((judged) => hopStanding(judged.id, judged, seen.at)),
      parts,
      wal: relay ? { retainedBytes: relay.retainedBytes, limitBytes: relay.retainedLimitBytes } : null,
      away: parts.filter(({ state }) => state === 'down').map(awayOf),
    };
  };
};

const awayOf = ({ name, since, advice }: Part): Away => ({ part: name, since, advice: advice ?? '' });
