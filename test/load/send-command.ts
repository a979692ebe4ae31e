/** What one request came to. All but the first two leave open whether the command was carried out. */
export type Outcome = 'accepted' | 'refused' | 'too busy' | 'unavailable' | 'server error' | 'unanswered';

export type Sent = {
  readonly outcome: Outcome;
  readonly status?: number;
  readonly orderId?: string;
  readonly version?: number;
  /** Of a problem; or why there was no answer. */
  readonly code?: string;
  readonly retryAfterMs?: number;
};

export type Request = {
  readonly url: string;
  readonly method: string;
  readonly body?: unknown;
  readonly key: string;
  readonly withinMs: number;
};

type Answer = { orderId?: string; version?: number; code?: string };

/** Sends a command once. Never throws. */
export const sendCommand = async ({ url, method, body, key, withinMs }: Request): Promise<Sent> => {
  try {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(withinMs),
      headers: { 'idempotency-key': key, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer;
    const wait = response.headers.get('retry-after');
    return {
      outcome: outcomeOf(response.status),
      status: response.status,
      ...answer,
      ...(wait !== null && { retryAfterMs: Number(wait) * 1_000 }),
    };
  } catch (error) {
    return { outcome: 'unanswered', code: error instanceof Error ? `${error.name} ${error.message}` : 'unknown' };
  }
};

const outcomeOf = (status: number): Outcome => {
  if (status < 300) return 'accepted';
  if (status === 429) return 'too busy';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'server error' : 'refused';
};
