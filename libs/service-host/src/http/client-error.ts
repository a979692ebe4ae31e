import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf } from './problem.ts';

type ClientError = Error & { code?: string };

type Refusal = { readonly status: number; readonly code: string; readonly retryAfterSeconds?: number };

const answers: Record<string, Refusal | undefined> = {
  // As a rule it is not the client that was slow: under a burst nobody came to read what it had sent.
  ERR_HTTP_REQUEST_TIMEOUT: { status: 503, code: 'unavailable', retryAfterSeconds: 1 },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers_too_large' },
};

/** Answers what never became a request: bytes that are no HTTP, headers that are too large or too slow. */
export const answerClientError = (error: ClientError, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, retryAfterSeconds }: Refusal = answers[error.code ?? ''] ?? {
    status: 400,
    code: 'invalid_request',
  };
  const detail = 'The request could not be read.';
  const faults = status === 400 ? { errors: [{ path: '', message: detail }] } : {};
  const body = JSON.stringify(problemOf(status, code, { detail, ...faults }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
