import type { ApiProblem } from '../../src/order-shapes.ts';

/** An answer that is no success, or none at all (`status` 0: the console itself did not answer). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly part: string | undefined;
  readonly errors: { path: string; message: string }[];

  constructor(problem: Partial<ApiProblem> & { status: number; code: string }, options?: ErrorOptions) {
    super(problem.detail ?? problem.title ?? problem.code, options);
    this.status = problem.status;
    this.code = problem.code;
    this.part = problem.part;
    this.errors = problem.errors ?? [];
  }
}

export type Question = { method?: 'GET' | 'POST'; body?: unknown; signal?: AbortSignal };

/** Asks the console's API; an answer is as src/shapes.ts says, and is not checked again here. Throws Refusal. */
export const ask = async (path: string, question: Question = {}): Promise<unknown> => {
  const response = await fetch(`/api${path}`, requestOf(question)).catch((cause: unknown) => {
    if (question.signal?.aborted === true) throw cause;
    const detail = 'The console does not answer. Is it still running? npm start, or npm run orderline -- status';
    throw new Refusal({ status: 0, code: 'console_away', detail }, { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  throw new Refusal({ ...problemOf(body), status: response.status });
};

const requestOf = ({ method = 'GET', body, signal }: Question): RequestInit => ({
  method,
  headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
  ...(body !== undefined && { body: JSON.stringify(body) }),
  ...(signal && { signal }),
});

const problemOf = (body: unknown): Partial<ApiProblem> & { code: string } =>
  typeof body === 'object' && body !== null && 'code' in body
    ? (body as ApiProblem)
    : { code: 'no_answer', detail: 'The console answered with something that is no answer of its API.' };

/** A path with what is to be asked for; what is empty is left out. */
export const withQuery = (path: string, query: Record<string, string | number | undefined>): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
};
