import type { DocumentedAnswer } from './api-document.ts';
import type { Case } from './request-cases.ts';
import type { Answer } from './send.ts';

type Problem = { type?: unknown; title?: unknown; status?: unknown; code?: unknown; errors?: unknown };

/** What only code knows: frames of a stack, addresses of files, SQL and the words of the server and its driver. */
const inside =
  /\n\s+at |node_modules|\.ts:\d+|file:\/\/|SELECT |INSERT |relation "|violates|duplicate key|syntax error|invalid input syntax|invalid byte sequence|ECONNREFUSED|ECONNRESET|127\.0\.0\.1:\d|Unexpected token|Cannot read propert/u;

/** Answers that no route documents, because no route was found or read. */
const beforeAnyRoute: Readonly<Record<number, readonly string[]>> = {
  400: ['invalid_request'],
  404: ['route_not_found'],
  408: ['request_timeout'],
  // An empty id in an address finds its route all the same.
  413: ['body_too_large'],
  415: ['unsupported_media_type'],
  431: ['headers_too_large'],
};

/** Whatever is not as the contract and the app's own description say of this answer to this request; nothing where all is. */
export const faultsOfAnswer = (asked: Case, answer: Answer): string[] => [
  ...(answer.status >= 400 ? faultsOfRefusal(asked, answer) : faultsOfSuccess(asked, answer)),
  ...(answer.headers['x-correlation-id'] === undefined && answer.status !== 431 ? ['has no X-Correlation-Id'] : []),
];

const faultsOfSuccess = (asked: Case, answer: Answer): string[] => {
  if (asked.operation === undefined) return asked.method === 'HEAD' ? [] : ['was taken though nobody documents it'];
  const documented = asked.operation.answers.get(answer.status);
  if (documented === undefined) return [`status ${answer.status} is not documented`];
  return [
    ...faultsOfContent(documented, answer),
    ...documented.headers
      .filter((name) => answer.headers[name.toLowerCase()] === undefined)
      .map((name) => `lacks its header ${name}`),
    ...(answer.status === 202 && asked.method === 'GET' && answer.headers['retry-after'] === undefined
      ? ['lacks Retry-After']
      : []),
    ...faultsOfTaking(asked),
  ];
};

/** A body that the description forbids must not be taken. */
const faultsOfTaking = ({ operation, body }: Case): string[] => {
  if (operation?.body === undefined || body === undefined || body.length === 0) return [];
  // A byte order mark before JSON may be passed over (RFC 8259, 8.1).
  return operation.body.fits(JSON.parse(body.toString().replace(/^\uFEFF/u, '')))
    ? []
    : ['was taken though its body does not fit the description'];
};

const faultsOfRefusal = (asked: Case, answer: Answer): string[] => {
  const { operation } = asked;
  if (operation?.path === '/health/ready' && answer.status === 503) {
    return faultsOfContent(operation.answers.get(503), answer);
  }
  const problem = problemIn(answer);
  if (problem === undefined) return [`is no problem+json (${answer.headers['content-type'] ?? 'no type'})`];
  const code = String(problem.code);
  return [
    ...faultsOfProblem(problem, answer),
    ...(isDocumented(asked, answer, code) ? [] : [`${answer.status} ${code} is not documented`]),
    ...(inside.test(answer.body.toString()) ? ['tells what is inside'] : []),
    ...(code === 'invalid_request' ? faultsOfList(problem.errors) : []),
  ];
};

const faultsOfProblem = ({ status, type, code, title }: Problem, answer: Answer): string[] => [
  ...(answer.status >= 500 ? ['is the fault of the service'] : []),
  ...(status === answer.status && type === `urn:problem:${String(code)}` ? [] : ['is no Problem of the contract']),
  ...(typeof title === 'string' ? [] : ['has no title']),
  ...(answer.status === 429 && answer.headers['retry-after'] === undefined ? ['lacks Retry-After'] : []),
];

const problemIn = ({ headers, body }: Answer): Problem | undefined => {
  if (!headers['content-type']?.startsWith('application/problem+json')) return undefined;
  try {
    return JSON.parse(body.toString()) as Problem;
  } catch {
    return undefined;
  }
};

const isDocumented = ({ operation }: Case, answer: Answer, code: string): boolean => {
  if (operation === undefined || answer.status === 431) return beforeAnyRoute[answer.status]?.includes(code) ?? false;
  const documented = operation.answers.get(answer.status);
  return documented !== undefined && faultsOfContent(documented, answer).length === 0;
};

/** Every fault of a request is named with its path: a JSON pointer, empty for the whole. */
const faultsOfList = (errors: unknown): string[] => {
  if (!Array.isArray(errors) || errors.length === 0) return ['names no fault'];
  const isFault = ({ path, message }: { path?: unknown; message?: unknown }): boolean =>
    typeof path === 'string' && /^(\/.*)?$/su.test(path) && typeof message === 'string' && message !== '';
  return errors.every(isFault) ? [] : ['names a fault without a path'];
};

const faultsOfContent = (documented: DocumentedAnswer | undefined, { headers, body }: Answer): string[] => {
  const type = headers['content-type']?.split(';')[0] ?? '';
  if (documented === undefined || !documented.contents.has(type)) return [`content of type ${type} is not documented`];
  const fits = documented.contents.get(type);
  if (fits === undefined || fits(JSON.parse(body.toString()))) return [];
  return (fits.errors ?? []).map(
    ({ instancePath, message }) => `does not fit its schema: ${instancePath} ${message ?? ''}`,
  );
};
