/** One command on an order, and by how many versions it brings it further: none where it repeats or is refused. */
export type Step = {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** After `/orders`, or `/orders/{id}`. */
  readonly path: string;
  readonly body?: unknown;
  readonly adds: number;
  /** The first step of a life makes the order; its path has no id. */
  readonly creates?: true;
  /** The code of the problem that a lawful refusal answers with. */
  readonly refusal?: string;
  /** Sent under the Idempotency-Key of the step before, which it repeats. */
  readonly again?: true;
  readonly ifMatch?: string;
  /** Sent at the same moment under a key of its own. Whichever the order takes first, this one is lawful or refused. */
  readonly rival?: Step;
};

export const post = (path: string, body?: unknown, adds = 1): Step => ({ method: 'POST', path, body, adds });
export const refused = (path: string, refusal: string, body?: unknown): Step => ({ ...post(path, body, 0), refusal });
export const again = (step: Step): Step => ({ ...step, adds: 0, again: true });
export const pay = (amount: string, reference: string, method = 'card'): Step =>
  post('/payments', { method, amount, reference });

export const confirm = post('/confirm');
export const prepare = post('/start-preparing', { estimatedMinutes: 20 });
export const toTheDoor: readonly Step[] = [
  confirm,
  prepare,
  post('/mark-ready'),
  post('/dispatch', { courier: 'Kim' }),
  post('/deliver', {}),
];
