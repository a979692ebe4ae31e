export type Answer = { status: number; body: unknown; headers: Headers };

/**
 * One JSON call to an app. Gives every answer, refusals too; throws only when there is none, naming the address that was
 * tried, since that is what a person has to look at.
 */
export const httpCall = async (
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new Error(`${method} ${url}: no answer. Is it running? See: npm run orderline -- status`, { cause });
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
};
