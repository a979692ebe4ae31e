import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

/** What a route answers with one status. The content type is JSON, and problem+json from 400 on, unless it is said. */
export type DocumentedResponse = {
  description: string;
  schema?: z.ZodType;
  contentType?: string;
  /** It may be text as well, where the caller prefers that. */
  orText?: boolean;
  headers?: Record<string, string>;
};

/** What a reader of the API description wants to know of a route beyond its inputs, which are read from its schemas. */
export type RouteDocumentation = {
  summary: string;
  responses: Record<number, DocumentedResponse>;
  /** Codes of the problems it may answer, by status. */
  problems?: Record<number, string[]>;
};

/** The metadata key; a library without access to this package may set it with Nest's own `SetMetadata`. */
export const documentationKey = 'openapi';

/** The metadata key of controllers that tell of the process, not of what it keeps: health, metrics, this description. */
export const aboutProcessKey = 'about the process';

/** What an interceptor of the app adds to every other GET: headers it reads, and answers it gives in the route's place. */
export type ReadDocumentation = {
  headers: z.ZodObject;
  responses: Record<number, DocumentedResponse>;
  problems: Record<number, string[]>;
};

/** The metadata key on the class of such an interceptor; set like `documentationKey`. */
export const readDocumentationKey = 'openapi of reads';

/** Describes a route in `/openapi.json`. */
export const Documented = (documentation: RouteDocumentation): MethodDecorator =>
  SetMetadata(documentationKey, documentation);
