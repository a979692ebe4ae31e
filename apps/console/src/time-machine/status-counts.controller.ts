import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import type { z } from 'zod';
import { mayBeAway, ok } from '../http/ok.ts';
import { countsSeries, ordersAt, type CountsSeries, type OrdersAt } from '../shapes.ts';
import { UPSTREAMS } from '../tokens.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { listQuery, readOrdersAt, readSeries, seriesQuery } from './status-counts.ts';

/** The population of orders at any instant. */
@Controller('api/status-counts')
export class StatusCountsController {
  private readonly upstreams: Upstreams;

  constructor(@Inject(UPSTREAMS) upstreams: Upstreams) {
    this.upstreams = upstreams;
  }

  @Get('series')
  @Documented({
    summary: 'How many orders had each status, over time',
    responses: ok(countsSeries, 'Evenly spread instants, both ends included'),
    problems: mayBeAway,
  })
  series(@Query({ schema: seriesQuery }) query: z.output<typeof seriesQuery>): Promise<CountsSeries> {
    return readSeries(this.upstreams.projector('analytics'), query);
  }

  @Get()
  @Documented({
    summary: 'The orders that had a status at an instant',
    responses: ok(ordersAt, 'A page, shortest in it first; next goes into after'),
    problems: mayBeAway,
  })
  orders(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<OrdersAt> {
    return readOrdersAt(this.upstreams.projector('analytics'), query);
  }
}
