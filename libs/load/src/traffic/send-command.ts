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
    const chunks: Buffer[] = [];
    let status = 0;
    let retryAfter: string | string[] | undefined;
    let underWay: Dispatcher.DispatchController | undefined;
    let isOver = false;
    const end = (sent: Sent): void => {
      clearTimeout(timer);
      isOver = true;
      resolve(sent);
    };
    const timer = setTimeout(() => {
      end({ outcome: 'unanswered', code: `no answer in ${request.withinMs} ms` });
      underWay?.abort(new Error('given up'));
    }, request.withinMs);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        underWay = controller;
        if (isOver) controller.abort(new Error('given up'));
      },
      onResponseStart: (_, statusCode, headers) => {
        status = statusCode;
        retryAfter = headers['retry-after'];
      },
      onResponseData: (_, chunk) => void chunks.push(chunk),
      onResponseEnd: () => end(sentOf(status, String(Buffer.concat(chunks)), retryAfter)),
      onResponseError: (_, error) => end({ outcome: 'unanswered', code: `${error.name} ${error.message}` }),
    };
    try {
      dispatcher.dispatch(toDispatch(request), handler);
    } catch (error) {
      end({ outcome: 'unanswered', code: String(error) });
    }
  });

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
