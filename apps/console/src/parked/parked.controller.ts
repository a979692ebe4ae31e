import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Documented, RequestRefused } from '@orderline/service-host';
import type { z } from 'zod';
import { assertConfirmed } from '../control/confirmed.ts';
import { discardBody, retryBody } from '../control-shapes.ts';
import { mayBeAway, ok } from '../http/ok.ts';
import { parkedDetail, released, type ParkedDetail, type ParkedOrder, type Released } from '../shapes.ts';
import { RECORDS, TOPIC, UPSTREAMS } from '../tokens.ts';
import type { Topic } from '../topic/topic.ts';
import { orAway } from '../upstream/ask-all.ts';
import { PartAway } from '../upstream/part-away.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { Watch } from '../watch/watch.ts';
import type { createRecordReader } from './read-record.ts';
import { findParked, release, type Release } from './release.ts';

type ParkedRecord = ParkedDetail['items'][number]['record'];
type RecordReader = ReturnType<typeof createRecordReader>;

const releasing = (summary: string, ...conflicts: string[]): MethodDecorator =>
  Documented({
    summary,
    responses: ok(released, 'What was applied, and what stays parked'),
    problems: { 403: ['cross_site_refused'], 404: ['not_parked'], 409: conflicts, ...mayBeAway },
  });

/** One parked order: what stopped it, and what a person can do about it. */
@Controller('api/parked')
export class ParkedController {
  private readonly upstreams: Upstreams;
  private readonly topic: Topic;
  private readonly records: RecordReader;
  private readonly watch: Watch;

  constructor(
    @Inject(UPSTREAMS) upstreams: Upstreams,
    @Inject(TOPIC) topic: Topic,
    @Inject(RECORDS) records: RecordReader,
    @Inject(Watch) watch: Watch,
  ) {
    this.upstreams = upstreams;
    this.topic = topic;
    this.records = records;
    this.watch = watch;
  }

  @Get(':orderId')
  @Documented({
    summary: 'Where an order is parked, with the record that it waits for; nothing where it is not',
    responses: ok(parkedDetail),
  })
  async parked(@Param('orderId') orderId: string): Promise<ParkedDetail> {
    const { items, away } = await findParked(this.upstreams, orderId);
    const read = await this.recordsOf(items);
    const silent = [...read.values()].find((record) => record instanceof PartAway);
    return {
      orderId,
      items: items.map((item) => ({ ...item, record: presentRecord(read.get(placeOf(item))) })),
      away: silent === undefined ? away : [...away, silent.away],
    };
  }

  @Post(':orderId/retry')
  @HttpCode(200)
  @releasing('Apply what is parked of an order, oldest first, once')
  retry(
    @Param('orderId') orderId: string,
    @Body({ schema: retryBody }) { confirm, app, ...body }: z.output<typeof retryBody>,
  ): Promise<Released> {
    if (!body.dryRun) assertConfirmed(confirm, orderId);
    return this.release(app, { orderId, step: 'retry', body });
  }

  @Post(':orderId/discard')
  @HttpCode(200)
  @releasing('Give up the record that the others wait behind, then apply those', 'not_at_head')
  discard(
    @Param('orderId') orderId: string,
    @Body({ schema: discardBody }) { confirm, app, ...body }: z.output<typeof discardBody>,
  ): Promise<Released> {
    if (!body.dryRun) assertConfirmed(confirm, orderId);
    return this.release(app, { orderId, step: 'discard', body });
  }

  private async release(app: string | undefined, what: Release & { body: { dryRun: boolean } }): Promise<Released> {
    const answer = await release(await this.hostsOf(app, what.orderId), what);
    this.watch.lookSoon();
    return { orderId: what.orderId, dryRun: what.body.dryRun, ...answer };
  }

  /** An app where it is not parked would refuse. */
  private async hostsOf(app: string | undefined, orderId: string): Promise<ReadonlyMap<string, Upstream>> {
    if (app !== undefined) return new Map([[app, this.upstreams.projector(app)]]);
    const { items, away } = await findParked(this.upstreams, orderId);
    if (items.length === 0 && away[0] !== undefined) throw new PartAway(away[0], undefined);
    if (items.length === 0) throw new RequestRefused(404, 'not_parked', { detail: 'It is parked nowhere.' });
    return new Map(items.map((item) => [item.app, this.upstreams.projector(item.app)]));
  }

  /** By their places: what stopped it in one projection often stopped it in others. */
  private async recordsOf(items: readonly ParkedOrder[]): Promise<Map<string, PartAway | ParkedRecord>> {
    const places = new Map(items.map((item) => [placeOf(item), item]));
    const read = [...places].map(async ([place, item]): Promise<[string, PartAway | ParkedRecord]> => [
      place,
      await orAway(this.recordOf(item)),
    ]);
    return new Map(await Promise.all(read));
  }

  private async recordOf({ partition, offset }: ParkedOrder): Promise<ParkedRecord> {
    const record = await this.topic.read((reader) => reader.readRecord(partition, BigInt(offset)));
    return record === undefined ? null : this.records(record);
  }
}

const placeOf = ({ partition, offset }: ParkedOrder): string => `${partition}/${offset}`;

const presentRecord = <T>(read: T | PartAway | undefined): T | null =>
  read === undefined || read instanceof PartAway ? null : read;
