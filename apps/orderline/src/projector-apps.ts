import { stackApps, viewStack } from '@orderline/local-stack';
import { readConfig } from './config.ts';
import { httpCall } from './http-call.ts';

/** A projector that can be asked over HTTP. */
export type ProjectorApp = { readonly name: string; readonly url: string };

/** The projector at the address given, else every one of the local stack. */
export const projectorApps = (given: string | undefined): ProjectorApp[] => {
  if (given !== undefined) return [{ name: given, url: given.replace(/\/$/u, '') }];
  const { env, stack } = readConfig();
  const { ports } = viewStack(stack, env);
  return stackApps
    .filter(({ kind }) => kind === 'projector')
    .map(({ name }) => ({ name, url: `http://127.0.0.1:${ports[name]}` }));
};

/** A projector that answered and said no; `code` is that of its problem. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, { code = `status ${status}`, detail = code }: { code?: string; detail?: string }) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** The body of a 2xx answer. Throws Refused for any other, and an error with a cause where nobody answers. */
export const ask = async <T>(method: 'GET' | 'POST', url: string, body?: unknown): Promise<T> => {
  const answer = await httpCall(method, url, body);
  if (answer.status >= 300) throw new Refused(answer.status, answer.body as { code?: string; detail?: string });
  return answer.body as T;
};

export type Asked<T> = {
  readonly answers: readonly { readonly app: ProjectorApp; readonly answer: T }[];
  /** Those that did not answer, with why. */
  readonly silent: readonly { readonly app: ProjectorApp; readonly why: string }[];
};

/** Asks all of them at once. */
export const askAll = async <T>(
  apps: readonly ProjectorApp[],
  question: (app: ProjectorApp) => Promise<T>,
): Promise<Asked<T>> => {
  const outcomes = await Promise.allSettled(apps.map(question));
  const answers: { app: ProjectorApp; answer: T }[] = [];
  const silent: { app: ProjectorApp; why: string }[] = [];
  apps.forEach((app, at) => {
    const outcome = outcomes[at];
    if (outcome?.status === 'fulfilled') answers.push({ app, answer: outcome.value });
    if (outcome?.status === 'rejected') silent.push({ app, why: messageOf(outcome.reason) });
  });
  return { answers, silent };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
