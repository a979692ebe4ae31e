import fc from 'fast-check';
import type { Api, Operation, Parameter } from './api-document.ts';
import { contentType, hostileBytes, hostileJson, hostileText } from './hostile.ts';
import { fitting, nearlyFitting, type SchemaReading } from './values-of-schema.ts';

export type Case = {
  /** Undefined where the address is none of the documented ones. */
  readonly operation: Operation | undefined;
  readonly method: string;
  /** As it goes over the line; `{order:3}` in it, or in a header, is the fourth newest order that is known. */
  readonly address: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
};

type Words = SchemaReading['words'];

/** Requests of every operation of an app: as documented, with one place wrong, at the edges, and hostile. */
export const requestCases = (
  { operations, resolve }: Api,
  words: Words,
  weightOf: (operation: Operation) => number,
): fc.Arbitrary<Case> => {
  const reading = { resolve, words };
  const documented = operations.map((operation) => ({
    weight: weightOf(operation),
    arbitrary: caseOf(reading, operation),
  }));
  return fc.oneof({ weight: 30, arbitrary: fc.oneof(...documented) }, { weight: 1, arbitrary: strayCase(operations) });
};

/** What is wrong with a request; most of it is as it should be, so that what is wrong is met by the code it is wrong for. */
const wrongs = [
  { wrong: 'none', weight: 5 },
  { wrong: 'body', weight: 2 },
  ...['path', 'query', 'header', 'everywhere'].map((wrong) => ({ wrong, weight: 1 })),
];

/** Everything is made ready here, once: to make an arbitrary costs much more than to take a value from it. */
const caseOf = (reading: SchemaReading, operation: Operation): fc.Arbitrary<Case> =>
  fc.oneof(...wrongs.map(({ wrong, weight }) => ({ weight, arbitrary: caseWith(reading, operation, wrong) })));

const caseWith = (reading: SchemaReading, operation: Operation, wrong: string): fc.Arbitrary<Case> => {
  const isWrong = (part: string): boolean => wrong === part || wrong === 'everywhere';
  const place = (part: Parameter['in']): Parameter[] => operation.parameters.filter((given) => given.in === part);
  const names = place('path').map(({ name }) => name);
  return fc
    .record({
      path: fc.tuple(...place('path').map((given) => pathValue(reading, given, isWrong('path')))),
      query: queryOf(reading, place('query'), isWrong('query')),
      headers: headersOf(reading, place('header'), isWrong('header')),
      body: bodyOf(reading, operation, isWrong('body')),
    })
    .map(({ path, query, headers, body }) => {
      const filled = names.reduce((text, name, at) => text.replace(`{${name}}`, () => path[at] ?? ''), operation.path);
      return {
        operation: path.includes('') ? undefined : operation,
        method: operation.method,
        address: query === '' ? filled : `${filled}?${query}`,
        headers: body === undefined ? headers : [...headers, ['content-type', body.type] as const],
        body: body?.bytes,
      };
    });
};

/** Some of these, each as likely as not. */
const someOf = <T>(arbitraries: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T[]> =>
  fc
    .tuple(...arbitraries.map((arbitrary) => fc.option(arbitrary, { freq: 1, nil: undefined })))
    .map((some) => some.filter((value) => value !== undefined) as T[]);

const jsonOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : jsonOf(value));

/** As it stands in an address; half a surrogate pair cannot stand there. A placeholder stays as it is. */
const escaped = (value: unknown): string =>
  /^\{order:\d+\}$/u.test(textOf(value)) ? textOf(value) : encodeURIComponent(textOf(value).toWellFormed());

const pathValue = (reading: SchemaReading, { name, schema }: Parameter, isWrong: boolean): fc.Arbitrary<string> => {
  const right = fitting(reading, schema, name).map(escaped);
  if (!isWrong) return right;
  const malformed = fc.constantFrom('%', '%zz', '%ff', '%c0%80', '%00', 'a%2fb', '%2e%2e', ';', ':', '@', '%F0%9F');
  return fc.oneof(
    { weight: 8, arbitrary: hostileText.map(escaped) },
    { weight: 2, arbitrary: malformed },
    { weight: 1, arbitrary: fc.nat(20).map((more) => 'x'.repeat(more === 20 ? 20_000 : 64 + more)) },
  );
};

const queryOf = (reading: SchemaReading, parameters: readonly Parameter[], isWrong: boolean): fc.Arbitrary<string> => {
  const pair = ({ name, schema }: Parameter): fc.Arbitrary<string> =>
    fitting(reading, schema, name).map((value) => `${name}=${escaped(value)}`);
  const right = someOf(parameters.map(pair));
  if (!isWrong) return right.map((pairs) => pairs.join('&'));
  const name = fc.oneof(
    fc.constantFrom(...parameters.map((given) => given.name), 'after', 'a[b]', '__proto__', 'constructor', 'limit[]'),
    hostileText,
  );
  const wrong = fc.oneof(
    fc.tuple(name, hostileText).map(([key, value]) => `${escaped(key)}=${escaped(value)}`),
    fc
      .tuple(fc.constantFrom('after', 'at', 'limit', 'from'), hostileJson)
      .map(([key, value]) => `${key}=${Buffer.from(textOf(value)).toString('base64url')}`),
    fc.constantFrom(
      '&',
      '=',
      '==',
      '%',
      '%00=%00',
      'limit=1&limit=2',
      'version=1&version=1',
      'after',
      '?',
      'limit=%zz',
      'at=%ff',
    ),
  );
  return fc.tuple(right, wrong).map(([pairs, fault]) => [...pairs, fault].join('&'));
};

/** What Node lets a client send as a value; bytes that no client would send are those of raw requests. */
const headerText = hostileText.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/gu, '?'));

/** Headers that mean something to some route, whether it is documented there or not. */
const wellKnown = [
  'If-Match',
  'Idempotency-Key',
  'X-Actor',
  'X-Correlation-Id',
  'X-Causation-Id',
  'X-Occurred-At',
  'traceparent',
  'X-Event-Version',
  'X-Order-Id',
  'Prefer',
  'Accept',
  'If-None-Match',
  'Range',
  'Expect-CT',
  'X-Forwarded-For',
  'Cookie',
  'Authorization',
];

const headersOf = (
  reading: SchemaReading,
  parameters: readonly Parameter[],
  isWrong: boolean,
): fc.Arbitrary<(readonly [string, string])[]> => {
  const one = ({ name, schema }: Parameter): fc.Arbitrary<readonly [string, string]> =>
    fitting(reading, schema, name).map(
      (value) => [name, textOf(value).replace(/[^\t\x20-\x7e\x80-\xff]/gu, '?')] as const,
    );
  const right = someOf(parameters.map(one));
  if (!isWrong) return right;
  const wrong = fc
    .tuple(fc.constantFrom(...wellKnown), headerText)
    .map(([name, value]) => [name, value.slice(0, 4_000)] as const);
  return fc.tuple(right, fc.array(wrong, { minLength: 1, maxLength: 2 })).map(([some, faults]) => {
    const names = new Set(faults.map(([name]) => name));
    return [...some.filter(([name]) => !names.has(name)), ...new Map(faults)];
  });
};

type Body = { readonly bytes: Buffer; readonly type: string } | undefined;

const asJson = (value: unknown): Buffer => Buffer.from(jsonOf(value));

const bodyOf = (reading: SchemaReading, { method, body }: Operation, isWrong: boolean): fc.Arbitrary<Body> => {
  const type = 'application/json';
  const right: fc.Arbitrary<Body> =
    body === undefined
      ? fc.constant(undefined)
      : fitting(reading, body.schema).map((value) => ({ bytes: asJson(value), type }));
  if (!isWrong || method === 'GET') return method === 'GET' ? fc.constant(undefined) : right;
  const nearly = body === undefined ? hostileJson : nearlyFitting(reading, body.schema);
  return fc.oneof(
    { weight: 8, arbitrary: nearly.map((value) => ({ bytes: asJson(value), type })) },
    {
      weight: 2,
      arbitrary: fc.tuple(nearly, fc.nat()).map(([value, at]) => ({ bytes: cutOff(asJson(value), at), type })),
    },
    { weight: 3, arbitrary: hostileBytes.map((bytes) => ({ bytes, type })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(right, contentType)
        .map(([given, other]) => ({ bytes: given?.bytes ?? Buffer.from('{}'), type: other })),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
};

const cutOff = (bytes: Buffer, at: number): Buffer => bytes.subarray(0, bytes.length === 0 ? 0 : at % bytes.length);

/** Addresses and methods that nobody documented. */
const strayCase = (operations: readonly Operation[]): fc.Arbitrary<Case> => {
  const segment = fc.oneof(
    hostileText.map(escaped),
    fc.constantFrom('orders', 'health', 'admin', '.env', '%', '..', ''),
  );
  const address = fc.oneof(
    fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
    fc.constantFrom(
      ...operations.map(({ path }) => path.replace(/\{.*?\}/gu, 'x')),
      '/orders/',
      '//orders',
      '/ORDERS',
      '/orders;x=1',
      '/?',
      '/%2e%2e/',
    ),
  );
  return fc.record({
    operation: fc.constant(undefined),
    method: fc.constantFrom('PUT', 'OPTIONS', 'TRACE', 'LINK', 'PROPFIND', 'SEARCH', 'M-SEARCH', 'REPORT'),
    address,
    headers: fc.constant([]),
    body: fc.option(hostileBytes, { nil: undefined }),
  });
};
