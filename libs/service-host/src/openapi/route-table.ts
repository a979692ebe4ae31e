import { RequestMethod, type Type } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { routeInputs, type RouteInput } from '../http/route-inputs.ts';
import {
  aboutProcessKey,
  documentationKey,
  readDocumentationKey,
  type ReadDocumentation,
  type RouteDocumentation,
} from './documented.ts';

/** One route as it is served. `path` is in OpenAPI's form, `/orders/{id}`. */
export type Route = {
  method: string;
  path: string;
  operationId: string;
  tag: string;
  defaultStatus: number;
  inputs: RouteInput[];
  documentation: RouteDocumentation | undefined;
};

/** Every route of every controller of the application, in the order of their paths. */
export const routeTable = (discovery: DiscoveryService, scanner: MetadataScanner): Route[] => {
  const ofReads = discovery.getProviders().flatMap(({ metatype }) => readDocumentationOf(metatype));
  return discovery
    .getControllers()
    .flatMap(({ metatype }) => {
      const routes = metatype ? controllerRoutes(metatype as Type, scanner) : [];
      const isAboutProcess = Reflect.getMetadata(aboutProcessKey, metatype ?? Object) === true;
      return routes.map((route) =>
        route.method === 'get' && !isAboutProcess ? ofReads.reduce(withReads, route) : route,
      );
    })
    .sort((left, right) => compare(left.path, right.path) || compare(left.method, right.method));
};

const readDocumentationOf = (metatype: unknown): ReadDocumentation[] => {
  if (typeof metatype !== 'function') return [];
  const found = Reflect.getMetadata(readDocumentationKey, metatype) as ReadDocumentation | undefined;
  return found ? [found] : [];
};

const withReads = (route: Route, { headers, responses, problems }: ReadDocumentation): Route => {
  const { summary = route.operationId, responses: own, problems: ownProblems = {} } = route.documentation ?? {};
  const done = { [route.defaultStatus]: { description: 'Done' } };
  const codes = Object.entries(problems).map(([status, more]) => [
    status,
    [...(ownProblems[Number(status)] ?? []), ...more],
  ]);
  return {
    ...route,
    inputs: [...route.inputs, { source: 'headers', names: Object.keys(headers.shape), whole: true, schema: headers }],
    documentation: {
      summary,
      responses: { ...responses, ...(own ?? done) },
      problems: { ...ownProblems, ...(Object.fromEntries(codes) as Record<number, string[]>) },
    },
  };
};

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const controllerRoutes = (controller: Type, scanner: MetadataScanner): Route[] =>
  scanner.getAllMethodNames(controller.prototype as object).flatMap((name) => {
    const handler = (controller.prototype as Record<string, object>)[name];
    if (handler === undefined) return [];
    const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const status = Reflect.getMetadata('__httpCode__', handler) as number | undefined;
    return [
      {
        method: RequestMethod[method].toLowerCase(),
        path: joinPath(Reflect.getMetadata('path', controller), Reflect.getMetadata('path', handler)),
        operationId: name,
        tag: controller.name.replace(/Controller$/u, ''),
        defaultStatus: status ?? (method === RequestMethod.POST ? 201 : 200),
        inputs: routeInputs(controller, name),
        documentation: Reflect.getMetadata(documentationKey, handler) as RouteDocumentation | undefined,
      },
    ];
  });

const joinPath = (...parts: unknown[]): string => {
  const segments = parts.flatMap((part) => String(part).split('/')).filter((segment) => segment !== '');
  return `/${segments.map((segment) => segment.replace(/^:(\w+)$/u, '{$1}')).join('/')}`;
};
