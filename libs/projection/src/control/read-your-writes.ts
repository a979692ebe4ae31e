import {
  BadRequestException,
  ConflictException,
  Inject,
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { isTransient } from '@orderline/postgres';
import { catchError, from, of, switchMap, type Observable } from 'rxjs';
import { z } from 'zod';
import { isUuid } from '../batch/is-uuid.ts';
import type { Projector } from '../projector.ts';
import { notYetAnswer } from './shapes.ts';
import { PROJECTOR } from './tokens.ts';

type Request = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly params: Readonly<Record<string, string | undefined>>;
};
type Reply = { status(code: number): Reply; header(name: string, value: string): Reply };

/** As service-host reads it off this class (`ReadDocumentation`); its own routes, marked so, tell nothing of orders. */
const documentation = {
  headers: z.object({
    'X-Event-Version': z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .optional()
      .meta({ description: 'The answer reflects at least this version of its order' }),
    'X-Order-Id': z
      .string()
      .optional()
      .meta({ format: 'uuid', description: 'The order of X-Event-Version, where the path does not name one' }),
    Prefer: z
      .string()
      .optional()
      .meta({
        description: 'wait=S: how many seconds to wait for that version (default 2, at most 30)',
        examples: ['wait=5'],
      }),
  }),
  responses: {
    202: {
      description: 'The version is not there yet',
      schema: notYetAnswer,
      headers: { 'Retry-After': 'Seconds after which to ask again' },
    },
  },
  problems: { 409: ['parked'], 503: ['unavailable'] },
};

const DEFAULT_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * A GET with `X-Event-Version: N` reflects at least version N of its order (`:orderId` of the path, else `X-Order-Id`) in
 * every projection of the app: it waits for that up to `Prefer: wait=S`, then answers 202 with Retry-After; 409 where the
 * order is parked. Also makes a database that is away 503 instead of 500.
 */
@Injectable()
@SetMetadata('openapi of reads', documentation)
export class ReadYourWrites implements NestInterceptor {
  private readonly projector: Projector;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.projector = projector;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.wait(context)).pipe(
      switchMap((notYet) => (notYet === undefined ? next.handle() : of(notYet))),
      catchError((error: unknown) => {
        throw isTransient(error)
          ? Object.assign(new Error('the database is away', { cause: error }), { retriable: true })
          : error;
      }),
    );
  }

  private async wait(context: ExecutionContext): Promise<object | undefined> {
    const request = context.switchToHttp().getRequest<Request>();
    const isRead = request.method === 'GET' && Reflect.getMetadata('about the process', context.getClass()) !== true;
    const wanted = isRead ? wantedVersion(request) : undefined;
    if (wanted === undefined) return undefined;
    const visibility = await this.projector.waitFor(wanted.orderId, wanted.version, waitMs(request.headers.prefer));
    if (visibility.kind === 'visible') return undefined;
    if (visibility.kind === 'parked') {
      throw new ConflictException({
        code: 'parked',
        detail: 'An event of this order could not be applied; see /parked.',
      });
    }
    context.switchToHttp().getResponse<Reply>().status(202).header('retry-after', '1');
    const { currentVersion } = visibility;
    return { code: 'not_yet_visible', orderId: wanted.orderId, requiredVersion: wanted.version, currentVersion };
  }
}

const wantedVersion = ({ headers, params }: Request): { orderId: string; version: number } | undefined => {
  const text = headers['x-event-version'];
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !/^[1-9]\d{0,8}$/.test(text)) refuse('/X-Event-Version', 'must be a version, from 1');
  const orderId = params.orderId ?? headers['x-order-id'];
  if (orderId === undefined) refuse('/X-Order-Id', 'must name the order that X-Event-Version is of');
  if (typeof orderId !== 'string' || !isUuid(orderId)) {
    // A wrong id in the path is the route's to refuse.
    if (params.orderId !== undefined) return undefined;
    return refuse('/X-Order-Id', 'must be a lower-case UUID');
  }
  return { orderId, version: Number(text) };
};

const refuse = (path: string, message: string): never => {
  throw new BadRequestException({
    code: 'invalid_request',
    detail: 'The request is not valid.',
    errors: [{ path, message }],
  });
};

/** RFC 7240: the value of a preference is a token or a quoted string, with white space around its sign. */
const preferredWait = /(?:^|[\s,;])wait\s*=\s*(?:(\d+)|"(\d+)")(?=$|[\s,;])/i;

const waitMs = (prefer: string | string[] | undefined): number => {
  const [, token, quoted] = preferredWait.exec(String(prefer ?? '')) ?? [];
  const seconds = token ?? quoted;
  return seconds === undefined ? DEFAULT_WAIT_MS : Math.min(LONGEST_WAIT_MS, Number(seconds) * 1_000);
};
