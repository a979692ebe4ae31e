import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const wellFormed = /^[A-Za-z0-9_.:-]{1,128}$/u;

/** The caller's correlation id where it is well formed, else a new UUIDv7. */
export const correlationIdOf = (request: Pick<IncomingMessage, 'headers'>): string => {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUIDv7();
};

/** Whether the request names a correlation id that cannot be used. */
export const hasWrongCorrelationId = (request: Pick<IncomingMessage, 'headers'>): boolean => {
  const given = request.headers['x-correlation-id'];
  return given !== undefined && !(typeof given === 'string' && wellFormed.test(given));
};
