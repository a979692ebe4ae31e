import { readScrape, type Scrape } from '../scrape/read-scrape.ts';
import { createScrapeWindow, type ScrapeWindow } from '../scrape/scrape-window.ts';
import { createProbe, type Probe } from '../probe/probe.ts';
import type { ParkedOrder } from '../shapes.ts';
import type { Topic } from '../topic/topic.ts';
import {
  anything,
  parkedOfApp,
  projectionsOfApp,
  readiness,
  relay,
  type OwnGeneration,
  type Readiness,
  type Relay,
} from '../upstream/answers.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Upstreams } from '../upstream/upstreams.ts';

export type AppSource = {
  readonly name: string;
  readonly address: string;
  readonly ready: Probe<Readiness>;
  readonly scrape: Probe<Scrape>;
  readonly window: ScrapeWindow;
};

export type ProjectorSource = AppSource & {
  readonly generations: Probe<readonly OwnGeneration[]>;
  /** `applied`: what the serving generation that has applied most has applied. */
  readonly intake: ScrapeWindow;
  readonly parked: Probe<readonly Omit<ParkedOrder, 'app'>[]>;
};

/** Everything that is looked at again and again. */
export type Sources = {
  readonly command: AppSource;
  readonly supervisor: Omit<AppSource, 'scrape' | 'window'>;
  readonly relay: Probe<Relay>;
  readonly connect: { readonly address: string; readonly probe: Probe<unknown> };
  readonly registry: { readonly address: string; readonly probe: Probe<unknown> };
  readonly topic: { readonly address: string; readonly probe: Probe<{ readonly at: number; readonly count: number }> };
  readonly projectors: readonly ProjectorSource[];
  /** Every probe of them. */
  readonly probes: readonly Probe<unknown>[];
};

/** Servers are asked less often than apps: what depends on them tells soon enough. */
const serverEveryMs = 5_000;
const readyEveryMs = 2_000;

export const createSources = (upstreams: Upstreams, topic: Topic, everyMs: number): Sources => {
  const command = appSource(upstreams.command, everyMs);
  const supervisor = { ...placeOf(upstreams.supervisor), ready: readyProbe(upstreams.supervisor) };
  const relayProbe = createProbe(() => upstreams.supervisor.ask(relay, '/relay'), everyMs);
  const connect = createProbe(() => upstreams.connect.ask(anything, '/'), serverEveryMs);
  const registry = createProbe(() => upstreams.registry.ask(anything, '/subjects'), serverEveryMs);
  const end = createProbe(async () => ({ count: Number(await topic.end()), at: Date.now() }), everyMs);
  const projectors = [...upstreams.projectors.values()].map((upstream) => projectorSource(upstream, everyMs));
  return {
    ...{ command, supervisor, relay: relayProbe, projectors },
    connect: { address: upstreams.connect.url, probe: connect },
    registry: { address: upstreams.registry.url, probe: registry },
    topic: { address: topic.brokers, probe: end },
    probes: [
      ...[command.ready, command.scrape, supervisor.ready, relayProbe, connect, registry, end],
      ...projectors.flatMap(({ ready, scrape, generations, parked }) => [ready, scrape, generations, parked]),
    ],
  };
};

const placeOf = ({ part, url }: Upstream): { name: string; address: string } => ({ name: part, address: url });

const readyProbe = (upstream: Upstream): Probe<Readiness> =>
  createProbe(() => upstream.ask(readiness, '/health/ready', { orStatus: 503 }), readyEveryMs);

const appSource = (upstream: Upstream, everyMs: number): AppSource => {
  const window = createScrapeWindow();
  const scrape = createProbe(async () => {
    const read = readScrape(await upstream.text('/metrics'), Date.now());
    window.add(read);
    return read;
  }, everyMs);
  return { ...placeOf(upstream), ready: readyProbe(upstream), scrape, window };
};

const projectorSource = (upstream: Upstream, everyMs: number): ProjectorSource => {
  const intake = createScrapeWindow();
  const generations = createProbe(async () => {
    const { projections } = await upstream.ask(projectionsOfApp, '/projections');
    const serving = projections.filter(({ state }) => state === 'serving');
    const applied = Math.max(0, ...serving.map((generation) => generation.applied));
    intake.add({ at: Date.now(), figures: new Map([['applied', applied]]), histograms: new Map() });
    return projections;
  }, everyMs);
  const parked = createProbe(async () => (await upstream.ask(parkedOfApp, '/parked?limit=200')).items, readyEveryMs);
  return { ...appSource(upstream, everyMs), generations, intake, parked };
};
