import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { pageOf } from '@orderline/read-models';
import { Documented, invalidRequest } from '@orderline/service-host';
import { z } from 'zod';
import { readCounts } from './read-counts.ts';
import { readOrdersAt } from './read-orders-at.ts';
import { countsAnswer, countsQuery, ordersPage } from './status-shapes.ts';

type Answer = z.output<typeof countsAnswer> | z.output<typeof ordersPage>;

@Controller('status-counts')
export class StatusCountsController {
  private readonly pool: Pool;

  constructor(@Inject(POOL) pool: Pool) {
    this.pool = pool;
  }

  @Get()
  @Documented({
    summary: 'How many orders had each status at an instant, now unless it is said; with status, which ones',
    responses: {
      200: {
        description: 'Counts; with status a page, shortest in it first; next goes into after',
        schema: z.union([countsAnswer, ordersPage]),
      },
    },
  })
  async at(@Query({ schema: countsQuery }) query: z.output<typeof countsQuery>): Promise<Answer> {
    const now = Date.now();
    const at = query.at ?? now;
    if (at > now) throw invalidRequest([{ path: '/at', message: 'must not be in the future' }]);
    // Whatever is known counts as of now, even if another machine's clock, ahead of this one, gave it its time.
    const asked = query.at === undefined ? 'infinity' : inSql(at);
    if (query.status === undefined) {
      return { at: new Date(at).toISOString(), counts: await readCounts(this.pool, asked) };
    }
    const { status, after, limit = 50 } = query;
    const found = await readOrdersAt(this.pool, { at: asked, status, after, limit: limit + 1 });
    const rows = found.map(({ orderId, since }) => ({ orderId, since: since.toISOString() }));
    return pageOf(rows, limit, ({ orderId, since }) => ({ at: since, orderId }));
  }
}

/** Nothing happened before 1970, and PostgreSQL does not read every year that JavaScript writes. */
const inSql = (at: number): string => (at < Date.UTC(1970, 0) ? '-infinity' : new Date(at).toISOString());
