import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  SetMetadata,
} from '@nestjs/common';
import type { z } from 'zod';
import type { Released } from '../parked/release.ts';
import type { Projector } from '../projector.ts';
import { isStorable } from '../store/instant.ts';
import type { ParkedAfter, ParkedOrder } from '../store/parked-orders.ts';
import { answering } from './answer.ts';
import { PROJECTOR } from './tokens.ts';
import { discardBody, pageQuery, parkedPage, releasedAnswer, retryBody } from './shapes.ts';

type ParkedPage = { items: ParkedOrder[]; next: string | null };
type ReleasedAnswer = { orderId: string; dryRun: boolean; released: Released[] };

const releaseDocumented = (summary: string, conflicts: readonly string[] = []): MethodDecorator =>
  SetMetadata('openapi', {
    summary,
    responses: { 200: { description: 'What was applied and what stays parked', schema: releasedAnswer } },
    problems: { 404: ['not_parked'], 503: ['unavailable'], ...(conflicts.length > 0 && { 409: [...conflicts] }) },
  });

/** Orders that wait for somebody to look at an event that could not be applied. */
@Controller('parked')
export class ParkedController {
  private readonly projector: Projector;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.projector = projector;
  }

  @Get()
  @SetMetadata('openapi', {
    summary: 'Parked orders, newest first',
    responses: { 200: { description: 'A page', schema: parkedPage } },
  })
  async list(@Query({ schema: pageQuery }) { after, limit }: z.output<typeof pageQuery>): Promise<ParkedPage> {
    const position = after === undefined ? undefined : positionOf(after);
    // One more than asked for says whether there is a next page.
    const found = await this.projector.parked({ after: position, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: found.length <= limit || last === undefined ? null : cursorOf(last) };
  }

  @Post(':orderId/retry')
  @HttpCode(200)
  @releaseDocumented('Apply what is parked of an order, oldest first, once')
  async retry(
    @Param('orderId') orderId: string,
    @Body({ schema: retryBody }) body: z.output<typeof retryBody>,
  ): Promise<ReleasedAnswer> {
    const released = await answering(() => this.projector.release(orderId, body ?? {}));
    return { orderId, dryRun: body?.dryRun ?? false, released };
  }

  @Post(':orderId/discard')
  @HttpCode(200)
  @releaseDocumented('Give up the record that the others wait behind, then apply those', ['not_at_head'])
  async discard(
    @Param('orderId') orderId: string,
    @Body({ schema: discardBody }) { reason, ...options }: z.output<typeof discardBody>,
  ): Promise<ReleasedAnswer> {
    const released = await answering(() => this.projector.release(orderId, { ...options, discardReason: reason }));
    return { orderId, dryRun: options.dryRun ?? false, released };
  }
}

const cursorOf = ({ since, orderId, projection }: ParkedOrder): string =>
  Buffer.from(JSON.stringify([since.getTime(), orderId, projection])).toString('base64url');

/** PostgreSQL's text holds any but NUL. */
const isKept = (text: unknown): text is string => typeof text === 'string' && !text.includes('\0');

const positionOf = (cursor: string): ParkedAfter => {
  try {
    const [since, orderId, projection] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const at = new Date(Number(since));
    if (isKept(orderId) && isKept(projection) && isStorable(at.getTime())) {
      return { since: at, orderId, projection };
    }
  } catch {
    // Answered below, like a cursor that is JSON of something else.
  }
  const errors = [{ path: '/after', message: 'must be the next of an earlier page' }];
  throw new BadRequestException({ code: 'invalid_request', detail: 'The request is not valid.', errors });
};
