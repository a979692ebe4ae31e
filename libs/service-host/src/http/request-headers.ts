import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

/** The headers a schema names, by the names it gives them; absent ones are absent. */
export const pickHeaders = (names: readonly string[], context: ExecutionContext): Record<string, unknown> => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name.toLowerCase()];
      return value === undefined ? [] : [[name, value]];
    }),
  );
};

const decorate = createParamDecorator(pickHeaders);

/** `@RequestHeaders(schema)`: the named headers, validated like a body; a fault's path is the header (`/X-Actor`). */
export const RequestHeaders = (schema: z.ZodObject): ParameterDecorator =>
  decorate(Object.keys(schema.shape), { schema });
