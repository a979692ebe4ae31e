import { getGlobalDispatcher, type Dispatcher } from 'undici';

/** What one request came to. All but the first two leave open whether the command was carried out. */
export type Outcome = 'accepted' | 'refused' | 'too busy' | 'unavailable' | 'server error' | 'unanswered';

export type Sent = {
  readonly outcome: Outcome;
  readonly status?: number;
  readonly orderId?: string;
  readonly version?: number;
  /** When the version was recorded, epoch milliseconds. */
  readonly recordedAt?: number;
  readonly customerId?: string;
  readonly restaurantId?: string;
  /** Of a problem; or why there was no answer. */
  readonly code?: string;
  readonly retryAfterMs?: number;
};

export type Request = {
  readonly url: string;
  readonly method: string;
  readonly body?: unknown;
  readonly key: string;
  readonly ifMatch?: string | undefined;
  /** From the call on, waiting for a connection included. */
  readonly withinMs: number;
};

type Answer = { orderId: string; version: number; updatedAt: string; customerId: string; restaurantId: string };

/** Sends a command once. Never throws. By `dispatch`: nothing of a stream is made for an answer of a few hundred bytes. */
export const sendCommand = (request: Request, dispatcher: Dispatcher = getGlobalDispatcher()): Promise<Sent> =>
  new Promise((resolve) => {
    const exchange = new Exchange(request, resolve);
    try {
      dispatcher.dispatch(toDispatch(request), exchange);
    } catch (error) {
      exchange.onResponseError(undefined, error);
    }
  });

/** A request and what is known of its answer. A class, since closures for each request show in the generator's CPU time. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: (sent: Sent) => void;
  readonly #timer: NodeJS.Timeout;
  #underWay: Dispatcher.DispatchController | undefined;
  #status = 0;
  #retryAfter: string | string[] | undefined;
  readonly #chunks: Buffer[] = [];
  #isOver = false;

  constructor({ withinMs }: Request, resolve: (sent: Sent) => void) {
    this.#resolve = resolve;
    this.#timer = setTimeout(giveUp, withinMs, this, withinMs);
  }

  giveUp(withinMs: number): void {
    this.#end({ outcome: 'unanswered', code: `no answer in ${withinMs} ms` });
    this.#underWay?.abort(new Error('given up'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#underWay = controller;
    if (this.#isOver) controller.abort(new Error('given up'));
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    this.#retryAfter = headers['retry-after'];
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end(sentOf(this.#status, String(Buffer.concat(this.#chunks)), this.#retryAfter));
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#end({ outcome: 'unanswered', code: error instanceof Error ? `${error.name} ${error.message}` : 'unknown' });
  }

  #end(sent: Sent): void {
    clearTimeout(this.#timer);
    this.#isOver = true;
    this.#resolve(sent);
  }
}

const giveUp = (exchange: Exchange, withinMs: number): void => exchange.giveUp(withinMs);

const toDispatch = ({ url, method, body, key, ifMatch }: Request): Dispatcher.DispatchOptions => {
  const path = url.indexOf('/', 'https://'.length);
  return {
    origin: url.slice(0, path),
    path: url.slice(path),
    method,
    headers: {
      'idempotency-key': key,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
};

const sentOf = (status: number, text: string, retryAfter: string | string[] | undefined): Sent => {
  const outcome = outcomeOf(status);
  const wait = typeof retryAfter === 'string' && { retryAfterMs: Number(retryAfter) * 1_000 };
  try {
    const answer = JSON.parse(text) as Partial<Answer> & { code?: string };
    const { orderId, version, updatedAt, customerId, restaurantId, code } = answer;
    return {
      ...{ outcome, status, ...wait },
      ...(orderId !== undefined && { orderId }),
      ...(version !== undefined && { version }),
      ...(updatedAt !== undefined && { recordedAt: Date.parse(updatedAt) }),
      ...(customerId !== undefined && { customerId }),
      ...(restaurantId !== undefined && { restaurantId }),
      ...(code !== undefined && { code }),
    };
  } catch (error) {
    return { outcome: 'unanswered', status, code: String(error) };
  }
};

const outcomeOf = (status: number): Outcome => {
  if (status < 300) return 'accepted';
  if (status === 429) return 'too busy';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'server error' : 'refused';
};
