import { randomUUIDv7 } from 'node:crypto';
import { workOf, type FastifyRequest, type Work } from '@orderline/service-host';
import type { CommandHeaders } from '../http/command-headers.ts';
import type { Expectation } from '../http/if-match.ts';
import { requestFingerprint } from '../http/request-fingerprint.ts';
import { traceparentOf } from '../http/traceparent.ts';
import type { Origin } from '../publishing/to-new-events.ts';
import type { CommandKind } from './command-metrics.ts';

/** What a command's request says beside the command. */
export type CommandRequest = {
  kind: CommandKind;
  /** The piece of work that the request is, where it is traced. */
  trace: Work | undefined;
  orderId: string;
  origin: Origin;
  expectation: Expectation | undefined;
  /** Of the Idempotency-Key; the fingerprint is of method, path and body. */
  key: { key: string; fingerprint: string } | undefined;
  /** The status of a success: 201 where an order is made. */
  status: 200 | 201;
};

type Headers = Omit<CommandHeaders, 'If-Match'> & Partial<Pick<CommandHeaders, 'If-Match'>>;

/** `orderId` is absent where the command makes the order: it gets a new id. */
export const commandRequest = (
  kind: CommandKind,
  request: FastifyRequest,
  headers: Headers,
  orderId?: string,
): CommandRequest => {
  const key = headers['Idempotency-Key'];
  const path = request.url.split('?', 1)[0] ?? '';
  return {
    kind,
    trace: workOf(request),
    orderId: orderId ?? randomUUIDv7(),
    origin: {
      actor: headers['X-Actor'],
      correlationId: request.id,
      causationId: headers['X-Causation-Id'] ?? null,
      traceparent: traceparentOf(headers.traceparent),
      occurredAt: headers['X-Occurred-At'] ?? Date.now(),
    },
    expectation: headers['If-Match'],
    key: key === undefined ? undefined : { key, fingerprint: requestFingerprint(request.method, path, request.body) },
    status: orderId === undefined ? 201 : 200,
  };
};
