import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { pickHeaders } from './request-headers.ts';

/** Where a handler's argument comes from, under which name (none: the whole of it), and the schema it must fit. */
export type RouteInput = {
  source: 'body' | 'query' | 'params' | 'headers';
  names: string[];
  whole: boolean;
  schema: StandardSchemaV1 | undefined;
};

type ArgumentMetadata = { data?: unknown; schema?: StandardSchemaV1; factory?: unknown };

const sourceOfType = new Map<string, RouteInput['source']>([
  [String(RouteParamtypes.BODY), 'body'],
  [String(RouteParamtypes.QUERY), 'query'],
  [String(RouteParamtypes.PARAM), 'params'],
]);

/** What a handler takes from a request, as Nest recorded it from the parameter decorators. */
export const routeInputs = (controller: object, method: string): RouteInput[] => {
  const recorded = (Reflect.getMetadata('__routeArguments__', controller, method) ?? {}) as Record<
    string,
    ArgumentMetadata
  >;
  return Object.entries(recorded).flatMap(([key, { data, schema, factory }]) => {
    const source = factory === pickHeaders ? 'headers' : sourceOfType.get(key.split(':')[0] ?? '');
    if (source === undefined) return [];
    const names = Array.isArray(data) ? (data as string[]) : typeof data === 'string' ? [data] : [];
    return [{ source, names, whole: typeof data !== 'string', schema }];
  });
};
