import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestRefused } from './problem.ts';

const mostDepth = 32;

/** Makes JSON the only content type with a body; wrong JSON, wrong UTF-8 and deep nesting are 400, no body is undefined. */
export const acceptJsonOnly = (fastify: FastifyInstance): void => {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    /^application\/([\w.-]+\+)?json(;|$)/u,
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
      const fault = isUtf8(body) ? undefined : 'The body is not UTF-8.';
      if (body.length === 0 || fault) {
        done(fault ? wrongJson(fault) : null);
        return;
      }
      void parse(request, body.toString('utf8'), (error, value) => {
        if (error) done(wrongJson('The body is not JSON.'));
        else if (isDeeperThan(value, mostDepth)) done(wrongJson(`The body is nested over ${mostDepth} levels deep.`));
        else done(null, value);
      });
    },
  );
};

const wrongJson = (detail: string): RequestRefused =>
  new RequestRefused(400, 'invalid_request', { detail, errors: [{ path: '', message: detail }] });

/** Level by level, so that a deep value costs no stack. */
const isDeeperThan = (value: unknown, limit: number): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
};
