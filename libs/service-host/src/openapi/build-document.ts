import type { StandardSchemaV1 } from '@standard-schema/spec';
import { z } from 'zod';
import type { RouteInput } from '../http/route-inputs.ts';
import type { ServiceIdentity } from '../tokens.ts';
import type { DocumentedResponse } from './documented.ts';
import type { Route } from './route-table.ts';

type JsonObject = Record<string, unknown>;
type Components = Record<string, JsonObject>;

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    currentVersion: z.int().optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457)' });

/** The OpenAPI 3.1 description of the routes, made from the very schemas that validate them. */
export const buildDocument = (service: ServiceIdentity, routes: readonly Route[]): JsonObject => {
  const components: Components = {};
  const paths: Record<string, JsonObject> = {};
  const ids = new Map<string, number>();
  for (const route of routes) {
    const count = (ids.get(route.operationId) ?? 0) + 1;
    ids.set(route.operationId, count);
    const operationId = count === 1 ? route.operationId : `${route.operationId}${count}`;
    (paths[route.path] ??= {})[route.method] = { operationId, ...operation(route, components) };
  }
  return {
    openapi: '3.1.1',
    info: { title: service.name, version: service.version, description: service.description },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: components },
  };
};

const operation = (route: Route, components: Components): JsonObject => {
  const inPlaceOrder = (['params', 'query', 'headers'] as const).flatMap((source) =>
    route.inputs.filter((input) => input.source === source),
  );
  const parameters = [...inPlaceOrder.flatMap((input) => parametersOf(input, components)), correlationId];
  const body = route.inputs.find(({ source }) => source === 'body');
  return {
    tags: [route.tag],
    ...(route.documentation && { summary: route.documentation.summary }),
    parameters,
    ...(body && { requestBody: requestBody(body, components) }),
    responses: responsesOf(route, components),
  };
};

/** Every route takes one and returns it. */
const correlationId: JsonObject = {
  name: 'X-Correlation-Id',
  in: 'header',
  required: false,
  description: 'Ties together what one request sets off; made where it is absent, and returned',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,128}$' },
};

const requestBody = (input: RouteInput, components: Components): JsonObject => ({
  required: !(input.schema instanceof z.ZodType && input.schema.safeParse(undefined).success),
  content: { 'application/json': { schema: jsonSchema(input.schema, 'input', components) } },
});

const placeOf = { query: 'query', params: 'path', headers: 'header' } as const;

const parametersOf = ({ source, names, whole, schema }: RouteInput, components: Components): JsonObject[] => {
  if (source === 'body') return [];
  const place = placeOf[source];
  if (!whole) return names.map((name) => parameter(name, place, jsonSchema(schema, 'input', components), true));
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', components) as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) =>
    parameter(name, place, property, required.includes(name)),
  );
};

const parameter = (name: string, place: string, schema: JsonObject, required: boolean): JsonObject => ({
  name,
  in: place,
  required: place === 'path' || required,
  schema,
});

/** Whatever a route is about, any request of it may be answered these; the body of a GET is never looked at. */
const problemsOfAny = { 400: ['invalid_request'] };
const problemsOfBodies = { 413: ['body_too_large'], 415: ['unsupported_media_type'] };

const responsesOf = ({ method, documentation, defaultStatus }: Route, components: Components): JsonObject => {
  const documented: Record<number, DocumentedResponse> = documentation?.responses ?? {
    [defaultStatus]: { description: 'Done' },
  };
  const all = { ...problemsOfAny, ...(method !== 'get' && problemsOfBodies), ...documentation?.problems };
  const problems = Object.entries(all).map(([status, codes]) => [status, problem([...new Set(codes)], components)]);
  const answers = Object.entries(documented).map(([status, answer]) => [status, response(answer, components)]);
  return Object.fromEntries([...problems, ...answers]) as JsonObject;
};

/** A Problem with one of these codes. */
const problem = (codes: string[], components: Components): JsonObject => {
  const schema = {
    allOf: [jsonSchema(problemSchema, 'output', components), { properties: { code: { type: 'string', enum: codes } } }],
  };
  return { description: codes.join(', '), content: { 'application/problem+json': { schema } } };
};

const response = (
  { description, schema, contentType, headers, orText }: DocumentedResponse,
  components: Components,
): JsonObject => {
  const type = contentType ?? 'application/json';
  const content = schema ? { schema: jsonSchema(schema, 'output', components) } : { schema: { type: 'string' } };
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }]),
      ),
    }),
    ...((schema !== undefined || contentType !== undefined) && {
      content: { [type]: content, ...(orText && { 'text/plain': { schema: { type: 'string' } } }) },
    }),
  };
};

/** A zod schema as JSON Schema; what has an id (`.meta({ id })`) becomes a component and a reference to it. */
const jsonSchema = (
  schema: StandardSchemaV1 | undefined,
  io: 'input' | 'output',
  components: Components,
): JsonObject => {
  if (!(schema instanceof z.ZodType)) return {};
  const { $defs, id, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  for (const [name, definition] of Object.entries($defs ?? {})) {
    components[name] = toComponents(definition) as JsonObject;
  }
  const own = toComponents(rest) as JsonObject;
  if (typeof id !== 'string') return own;
  components[id] = own;
  return { $ref: `#/components/schemas/${id}` };
};

const toComponents = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(isSchemaKeyword)
      .map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', '#/components/schemas/')
          : toComponents(inner),
      ]),
  );
};

/** zod's own marks: the dialect is said by OpenAPI 3.1, the id is the component's name. */
const isSchemaKeyword = ([key, inner]: [string, unknown]): boolean =>
  !['$schema', 'id'].includes(key) || typeof inner === 'object';
