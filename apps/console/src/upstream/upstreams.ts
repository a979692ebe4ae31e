import type { Config } from '../config.ts';
import { PartAway } from './part-away.ts';
import { createUpstream, type Upstream } from './upstream.ts';

/** Every part of the stack that is asked over HTTP. */
export type Upstreams = {
  readonly command: Upstream;
  readonly supervisor: Upstream;
  readonly connect: Upstream;
  readonly registry: Upstream;
  /** By the name of the app. */
  readonly projectors: ReadonlyMap<string, Upstream>;
  /** Throws `PartAway` where the console was not told of it. */
  projector(name: string): Upstream;
};

const ofApp = (part: string, url: string): Upstream =>
  createUpstream({ part, url, advice: `Nothing answers at ${url}. Look at its log; npm start restarts it by itself.` });

const ofServer = (part: string, url: string): Upstream =>
  createUpstream({ part, url, advice: `Nothing answers at ${url}. Look at its log and start it again.` });

export const createUpstreams = (config: Config): Upstreams => {
  const projectors = new Map(config.projectors.map(({ name, url }) => [name, ofApp(name, url)]));
  return {
    command: ofApp('order-command', config.commandUrl),
    supervisor: ofApp('relay-supervisor', config.supervisorUrl),
    connect: ofServer('Kafka Connect', config.connectUrl),
    registry: ofServer('schema registry', config.registryUrl),
    projectors,
    projector: (name) => {
      const found = projectors.get(name);
      if (found !== undefined) return found;
      const advice = 'Name it in PROJECTOR_URLS, which the console was started with.';
      throw new PartAway({ part: name, since: startedAt, advice }, undefined);
    },
  };
};

const startedAt = new Date().toISOString();
