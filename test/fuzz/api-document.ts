import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type JsonSchema = Readonly<Record<string, unknown>>;
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
};
export type DocumentedAnswer = {
  /** By media type; undefined where its content is not described. */
  readonly contents: ReadonlyMap<string, ValidateFunction | undefined>;
  readonly headers: readonly string[];
};
export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body:
    { readonly schema: JsonSchema; readonly required: boolean; readonly fits: ValidateFunction } | undefined;
  readonly answers: ReadonlyMap<number, DocumentedAnswer>;
};
export type Api = {
  readonly operations: readonly Operation[];
  /** A schema with the one it refers to in its place. */
  readonly resolve: (schema: JsonSchema) => JsonSchema;
};

type Content = Partial<Record<string, { schema?: JsonSchema }>>;
type Document = {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: Parameter[];
        requestBody?: { required?: boolean; content: Content };
        responses: Record<string, { content?: Content; headers?: Record<string, unknown> }>;
      }
    >
  >;
  components: { schemas: Record<string, JsonSchema> };
};

/** What an app says of itself at `/openapi.json`, with its schemas ready to judge by. */
export const readApi = async (url: string): Promise<Api> => {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'api');
  const compiled = (...steps: string[]): ValidateFunction =>
    ajv.compile({ $ref: `api#/${steps.map((step) => encodeURI(step).replaceAll('/', '~1')).join('/')}` });
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]): Operation => {
      const at = ['paths', path, method];
      const answers = Object.entries(responses).map(([status, { content = {}, headers = {} }]) => {
        const contents = Object.entries(content).map(([type, described]) => {
          const describes = described?.schema !== undefined && type.endsWith('json');
          const steps = [...at, 'responses', status, 'content', type, 'schema'];
          return [type, describes ? compiled(...steps) : undefined] as const;
        });
        return [Number(status), { contents: new Map(contents), headers: Object.keys(headers) }] as const;
      });
      const schema = requestBody?.content['application/json']?.schema;
      const fits = compiled.bind(undefined, ...at, 'requestBody', 'content', 'application/json', 'schema');
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        body: schema && { schema, required: requestBody.required ?? false, fits: fits() },
        answers: new Map(answers),
      };
    }),
  );
  const resolve = (schema: JsonSchema): JsonSchema => {
    const { $ref, ...own } = schema;
    const name = typeof $ref === 'string' ? $ref.slice($ref.lastIndexOf('/') + 1) : '';
    return { ...document.components.schemas[name], ...own };
  };
  return { operations, resolve };
};
