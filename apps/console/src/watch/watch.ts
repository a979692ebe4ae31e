import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { createEventStream, LOGGER, type EventStream, type Logger } from '@orderline/service-host';
import type { Config } from '../config.ts';
import { createPipelineView } from '../pipeline/to-pipeline.ts';
import { createProbe } from '../probe/probe.ts';
import { ratePerSecond } from '../scrape/scrape-window.ts';
import type { ParkedOrders, Pipeline, Projections } from '../shapes.ts';
import { CONFIG, TOPIC, UPSTREAMS } from '../tokens.ts';
import type { Topic } from '../topic/topic.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { createHistory } from './history.ts';
import { observe } from './observe.ts';
import { createSources, type Sources } from './sources.ts';
import { parkedOf, projectionsOf } from './tell.ts';
import { tellChanges } from './tell-changes.ts';

export type Told = { readonly pipeline: Pipeline; readonly projections: Projections; readonly parked: ParkedOrders };

/** Nobody waits longer for a look than this: what does not answer by then is told at the next. */
const patienceMs = 800;
/** While nobody watches, often enough to know since when something is wrong. */
const idleTimes = 10;

/** Looks at the whole stack, often while somebody watches and now and then else, and tells everyone who does. */
@Injectable()
export class Watch implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly config: Config;
  private readonly topic: Topic;
  private readonly logger: Logger;
  private readonly sources: Sources;
  private readonly view = createPipelineView();
  private readonly history = createHistory();
  private readonly streams = new Map<EventStream, Map<string, string>>();
  private readonly looking = createProbe(() => this.lookOrLog(), 0);
  private topicRate: number | null = null;
  private lastEnd: { readonly at: number; readonly count: number } | undefined;
  private told: Told | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(UPSTREAMS) upstreams: Upstreams,
    @Inject(TOPIC) topic: Topic,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.config = config;
    this.logger = logger;
    this.topic = topic;
    this.sources = createSources(upstreams, topic, config.lookEveryMs);
  }

  onApplicationBootstrap(): void {
    this.next(0);
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const stream of this.streams.keys()) stream.end();
  }

  onApplicationShutdown(): Promise<void> {
    return this.topic.close();
  }

  /** As of a look that is no older than the time between two. */
  async now(): Promise<Told> {
    if (this.told === undefined || Date.now() - Date.parse(this.told.pipeline.at) > this.config.lookEveryMs * 2)
      await this.looking.look();
    if (this.told === undefined) throw new Error('the first look has failed');
    return this.told;
  }

  /** The stream of one page: what was, what is, and from then on every look. */
  open(): EventStream {
    const stream = createEventStream(() => this.streams.delete(stream));
    const sent = new Map<string, string>();
    this.streams.set(stream, sent);
    stream.send('history', JSON.stringify(this.history.points()));
    if (this.told !== undefined) tellStream(stream, sent, textsOf(this.told));
    this.next(0);
    return stream;
  }

  /** After something was changed by hand. */
  lookSoon(): void {
    this.next(0);
  }

  openStreams(): number {
    return this.streams.size;
  }

  partsAway(): number {
    return this.told?.pipeline.away.length ?? 0;
  }

  private next(afterMs: number): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.looking.look().finally(() => {
        this.next(this.config.lookEveryMs * (this.streams.size > 0 ? 1 : idleTimes));
      });
    }, afterMs);
  }

  private async lookOrLog(): Promise<void> {
    try {
      await this.lookNow();
    } catch (error) {
      this.logger.error({ err: error }, 'looking at the stack failed');
    }
  }

  private async lookNow(): Promise<void> {
    await withPatience(Promise.all(this.sources.probes.map((probe) => probe.look())));
    this.measureTopic();
    const at = Date.now();
    const pipeline = this.view(observe(this.sources, at, this.topicRate));
    tellChanges(this.told?.pipeline, pipeline, this.logger);
    this.told = { pipeline, projections: projectionsOf(this.sources, at), parked: parkedOf(this.sources, at) };
    this.history.add(pipeline);
    if (this.streams.size === 0) return;
    const texts = textsOf(this.told);
    for (const [stream, sent] of this.streams) tellStream(stream, sent, texts);
  }

  private measureTopic(): void {
    const end = this.sources.topic.probe.value();
    if (end === undefined || end === this.lastEnd) return;
    this.topicRate = this.lastEnd ? ratePerSecond(this.lastEnd, end) : null;
    this.lastEnd = end;
  }
}

const textsOf = (told: Told): [event: string, data: string][] =>
  Object.entries(told).map(([event, data]) => [event, JSON.stringify(data)]);

/** What is as it was said last is not said again. */
const tellStream = (stream: EventStream, sent: Map<string, string>, texts: readonly [string, string][]): void => {
  for (const [event, data] of texts) {
    if (sent.get(event) === data) continue;
    sent.set(event, data);
    stream.send(event, data);
  }
};

const withPatience = async (looks: Promise<unknown>): Promise<void> => {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, patienceMs, undefined);
  await Promise.race([looks, late]);
  clearTimeout(timer);
};
