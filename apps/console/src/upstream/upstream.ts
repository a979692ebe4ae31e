import { RequestRefused } from '@orderline/service-host';
import type { z } from 'zod';
import { PartAway } from './part-away.ts';
import { refusalOf } from './refusal-of.ts';

export type Question = {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the answer may take; 3,000 ms by default. */
  readonly patienceMs?: number;
  /** A status of 400 or more whose body has the shape as well. */
  readonly orStatus?: number;
};

/**
 * One part of the stack that is asked over HTTP. Everything throws `PartAway` where it gives no answer of use; a refusal of
 * the part comes through as RequestRefused, with the status and the code that it gave.
 */
export type Upstream = {
  readonly part: string;
  readonly url: string;
  ask<Shape extends z.ZodType>(shape: Shape, path: string, question?: Question): Promise<z.output<Shape>>;
  text(path: string, question?: Question): Promise<string>;
  /** What it goes on saying until `signal` ends it. */
  stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
};

export type UpstreamOptions = {
  readonly part: string;
  readonly url: string;
  /** What to do while it is away. */
  readonly advice: string;
};

const defaultPatienceMs = 3_000;

class HttpUpstream implements Upstream {
  readonly part: string;
  readonly url: string;
  readonly #advice: string;
  #awaySince: number | undefined;

  constructor({ part, url, advice }: UpstreamOptions) {
    this.part = part;
    this.url = url;
    this.#advice = advice;
  }

  async ask<Shape extends z.ZodType>(shape: Shape, path: string, question: Question = {}): Promise<z.output<Shape>> {
    const body = await this.#within(question, async (signal) => {
      const response = await this.#send(path, question, signal);
      return response.json();
    });
    const answer = shape.safeParse(body);
    if (answer.success) return answer.data;
    throw this.#away(answer.error, `It answers ${path} in a shape unknown here: compare the versions that run.`);
  }

  text(path: string, question: Question = {}): Promise<string> {
    return this.#within(question, async (signal) => (await this.#send(path, question, signal)).text());
  }

  async stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const impatient = new AbortController();
    const timer = setTimeout(() => impatient.abort(), defaultPatienceMs);
    try {
      const { body } = await this.#send(path, {}, AbortSignal.any([signal, impatient.signal]));
      if (body === null) throw new Error('an answer without a body');
      return body;
    } catch (error) {
      throw this.#told(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #within<T>(
    { patienceMs = defaultPatienceMs }: Question,
    read: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    try {
      const answer = await read(AbortSignal.timeout(patienceMs));
      this.#awaySince = undefined;
      return answer;
    } catch (error) {
      throw this.#told(error);
    }
  }

  async #send(
    path: string,
    { method = 'GET', body, headers, orStatus }: Question,
    signal: AbortSignal,
  ): Promise<Response> {
    const response = await fetch(this.url + path, {
      ...{ method, signal },
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.ok || response.status === orStatus) return response;
    throw await refusalOf(response);
  }

  #told(error: unknown): RequestRefused {
    if (!(error instanceof RequestRefused)) return this.#away(error, this.#advice);
    // It answers, and says that something it needs does not.
    if (error.status === 503) return this.#away(error, `It says: ${error.message}`);
    this.#awaySince = undefined;
    return error;
  }

  #away(cause: unknown, advice: string): PartAway {
    this.#awaySince ??= Date.now();
    return new PartAway({ part: this.part, since: new Date(this.#awaySince).toISOString(), advice }, cause);
  }
}

/** Asks nothing by itself. */
export const createUpstream = (options: UpstreamOptions): Upstream => new HttpUpstream(options);
