import { KafkaError } from './kafka-error.ts';

export type RegistryAnswer = { readonly status: number; readonly body: unknown };

export type RegistryRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
};

const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json';

const unavailable = (url: string, why: string, cause?: unknown): KafkaError =>
  new KafkaError('registry_unavailable', `The schema registry at ${url} did not answer: ${why}. Try again later.`, {
    cause,
  });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The registry's own number for what went wrong; undefined when the answer is not from a registry at all. */
export const errorCodeOf = ({ body }: RegistryAnswer): number | undefined => {
  const code = (body as { error_code?: unknown } | null | undefined)?.error_code;
  return typeof code === 'number' ? code : undefined;
};

export const messageOf = ({ status, body }: RegistryAnswer): string => {
  const message = (body as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : `status ${status}`;
};

/**
 * One request, at most `timeoutMs` with its body. Answers what the registry said when it said something definite.
 * Silence, 5xx, 429, a proxy's refusal and anything that is no JSON throw registry_unavailable: none of them says
 * anything about a schema.
 */
export const askRegistry = async (
  url: string,
  timeoutMs: number,
  request: RegistryRequest,
): Promise<RegistryAnswer> => {
  const answer = await send(url, timeoutMs, request);
  const body = parse(answer.text);
  const definite = answer.status < 500 && answer.status !== 429 && body !== undefined;
  if (!definite) throw unavailable(url, `status ${answer.status}`);
  const result = { status: answer.status, body };
  if (answer.status >= 400 && errorCodeOf(result) === undefined) throw unavailable(url, `status ${answer.status}`);
  return result;
};

const send = async (
  url: string,
  timeoutMs: number,
  { method = 'GET', path, body }: RegistryRequest,
): Promise<{ status: number; text: string }> => {
  try {
    const response = await fetch(`${url.replace(/\/$/u, '')}${path}`, {
      method,
      headers: { accept: `${CONTENT_TYPE}, application/json`, 'content-type': CONTENT_TYPE },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw unavailable(url, error instanceof Error ? error.message : 'no connection', error);
  }
};
