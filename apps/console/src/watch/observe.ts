import type { Observation } from '../pipeline/observation.ts';
import { sightOf } from '../probe/sight.ts';
import { delayOf, together } from '../scrape/delay-of.ts';
import type { Delay } from '../shapes.ts';
import type { ProjectorSource, Sources } from './sources.ts';

/** What the probes saw last, and `topicRate`, which takes two looks. */
export const observe = (sources: Sources, at: number, topicRate: number | null): Observation => {
  const { command, supervisor, relay, connect, registry, topic, projectors } = sources;
  return {
    at,
    command: {
      ...{ name: command.name, address: command.address, ready: sightOf(command.ready) },
      rate: command.window.rate('orderline_appended_events_total'),
      delay: command.window.delay('orderline_append_duration_seconds'),
    },
    supervisor: { name: supervisor.name, address: supervisor.address, ready: sightOf(supervisor.ready) },
    relay: sightOf(relay),
    relayDelay: delayTogether(projectors, 'orderline_projection_relay_delay_seconds'),
    connect: { address: connect.address, sight: sightOf(connect.probe) },
    registry: { address: registry.address, sight: sightOf(registry.probe) },
    kafka: { address: topic.address, sight: sightOf(topic.probe) },
    topicRate,
    projectors: projectors.map(({ name, address, ready, generations, window, intake }) => ({
      ...{ name, address, ready: sightOf(ready), generations: sightOf(generations), rate: intake.rate('applied') },
      delay: window.delay('orderline_projection_delay_seconds'),
    })),
  };
};

const delayTogether = (projectors: readonly ProjectorSource[], histogram: string): Delay | null => {
  const ends = projectors.map(({ window }) => window.ends(histogram)).filter((found) => found !== undefined);
  const before = together(ends.map((end) => end.before ?? new Map<number, number>()));
  return ends.length === 0 ? null : delayOf(before, together(ends.map(({ now }) => now)));
};
