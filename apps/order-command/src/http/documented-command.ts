import { Documented } from '@orderline/service-host';
import { orderAnswer } from './order-answer.ts';

const headers = { ETag: 'The version as an entity tag', 'X-Event-Version': 'The version of the order' };

type CommandDocumentation = { summary: string; status?: 200 | 201; refusals: string[] };

/** Describes a command: it answers with the order, and with these codes where the order stands against it. */
export const DocumentedCommand = ({ summary, status = 200, refusals }: CommandDocumentation): MethodDecorator =>
  Documented({
    summary,
    responses: {
      [status]: {
        description: 'The order after the command',
        schema: orderAnswer,
        headers: status === 201 ? { ...headers, Location: 'The address of the order' } : headers,
      },
    },
    problems: {
      ...(status === 200 && { 404: ['order_not_found', ...refusals.filter((code) => code.endsWith('_not_found'))] }),
      409: ['version_conflict', ...refusals.filter((code) => !code.endsWith('_not_found'))],
      ...(status === 200 && { 412: ['version_moved'] }),
      413: ['body_too_large'],
      415: ['unsupported_media_type'],
      422: ['idempotency_key_reused'],
      429: ['too_busy'],
      503: ['unavailable', 'newer_history'],
    },
  });
