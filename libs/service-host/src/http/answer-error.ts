import { HttpException } from '@nestjs/common';
import { problemOf, RequestRefused, type Fault, type Problem } from './problem.ts';

/** What a request that failed is answered, and how loudly the failure is logged. */
export type ErrorAnswer = {
  problem: Problem;
  headers: Record<string, string>;
  log: 'nothing' | 'warn' | 'error';
};

const codeOfStatus: Record<number, string> = {
  400: 'invalid_request',
  404: 'route_not_found',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'invalid_request',
  415: 'unsupported_media_type',
  429: 'too_busy',
  431: 'headers_too_large',
  503: 'unavailable',
};

/**
 * Any error as an answer: refusals as they are, exceptions of the framework by their status, an error with
 * `retriable: true` as 503 `unavailable`, anything else as 500. Messages of unexpected errors never get out.
 */
export const answerError = (error: unknown): ErrorAnswer => {
  if (error instanceof RequestRefused) {
    return refused(error.status, error.code, error.details);
  }
  if (error instanceof HttpException && error.getStatus() < 500) return answerException(error);
  if (isRetriable(error)) {
    const problem = problemOf(503, 'unavailable', { detail: 'A part this service needs is away. Try again shortly.' });
    return { problem, headers: { 'retry-after': '1' }, log: 'warn' };
  }
  return { problem: problemOf(500, 'internal_error', { detail: 'Something failed here.' }), headers: {}, log: 'error' };
};

const refused = (status: number, code: string, details: RequestRefused['details']): ErrorAnswer => ({
  problem: problemOf(status, code, details),
  headers: details.headers ?? {},
  log: 'nothing',
});

/** `new ConflictException({ code, detail, errors })` of an app keeps its code; the framework's own get one by status. */
const answerException = (error: HttpException): ErrorAnswer => {
  const status = error.getStatus() === 414 ? 400 : error.getStatus();
  const body = error.getResponse();
  if (typeof body === 'object' && 'code' in body && typeof body.code === 'string') {
    const { code, detail, errors, ...members } = body as { code: string; detail?: string; errors?: Fault[] };
    return refused(status, code, { ...(detail && { detail }), ...(errors && { errors }), members });
  }
  const detail = status === 404 ? 'There is no such route or method.' : error.message;
  return refused(status, codeOfStatus[error.getStatus()] ?? 'invalid_request', { detail });
};

const isRetriable = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'retriable' in error && error.retriable === true;
