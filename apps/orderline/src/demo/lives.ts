/** One call of an order's life; `path` is relative to the order's own address. */
export type Step = {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  /** `{orderId}` in a value stands for the order's id. */
  headers?: Record<string, string>;
  expect: number;
  code?: string;
};

export type Life = {
  name: string;
  currency: string;
  prices: string[];
  steps: Step[];
  /** Begins with an OrderCreated as this schema version was stored, instead of a request. */
  storedAs?: 1 | 2;
};

const post = (path: string, body?: unknown, expect = 200): Step => ({
  method: 'POST',
  path,
  expect,
  ...(body === undefined ? {} : { body }),
});
const refused = (step: Step, code: string, expect = 409): Step => ({ ...step, expect, code });

const confirm = post('/confirm');
const prepare = post('/start-preparing', { estimatedMinutes: 20 });
const ready = post('/mark-ready');
const dispatch = post('/dispatch', { courier: 'Kim', trackingId: 'trk-1' });
const deliver = post('/deliver', { signedBy: 'A. Guest' });
const cancel = post('/cancel', { reason: 'changed my mind' });
const toTheDoor = [confirm, prepare, ready, dispatch, deliver];
const pay = (amount: string, reference = 'pay-1'): Step => post('/payments', { method: 'card', amount, reference });
const refund = (amount: string, reference = 'ref-1'): Step =>
  post('/refunds', { amount, reason: 'cold food', reference });

const usd = { currency: 'USD', prices: ['9.50', '3.25'] };
const jpy = { currency: 'JPY', prices: ['1250', '300'] };
const kwd = { currency: 'KWD', prices: ['1.250', '0.375'] };
const item = (sku: string, unitPrice: string) => ({ sku, name: 'Extra', quantity: 2, unitPrice });

/** The same key, method, path and body: the second one answers as the first and adds nothing. */
const onceWithKey = (step: Step): Step => ({ ...step, headers: { 'idempotency-key': 'add-{orderId}' } });
const addExtra = onceWithKey(post('/items', item('extra', '1.00')));

/** Every path of the lifecycle, refusals included; the demo walks them in turn. */
export const lives: Life[] = [
  { name: 'delivered', ...usd, steps: toTheDoor },
  { name: 'delivered and paid at the door', ...jpy, steps: [...toTheDoor, pay('2800')] },
  { name: 'paid, delivered, partly refunded', ...usd, steps: [pay('22.25'), ...toTheDoor, refund('3.25')] },
  { name: 'cancelled when created', ...usd, steps: [cancel] },
  { name: 'cancelled when confirmed', ...kwd, steps: [confirm, cancel] },
  { name: 'cancelled while preparing', ...usd, steps: [confirm, prepare, cancel] },
  {
    name: 'paid, then cancelled with its refund',
    ...usd,
    steps: [
      pay('10.00'),
      confirm,
      refused(cancel, 'refund_required'),
      post('/cancel', { reason: 'too late', refund: true }),
    ],
  },
  { name: 'open: created', ...usd, steps: [] },
  { name: 'open: confirmed', ...jpy, steps: [confirm] },
  { name: 'open: preparing', ...usd, steps: [confirm, prepare] },
  { name: 'open: ready', ...kwd, steps: [confirm, prepare, ready] },
  { name: 'open: on the road', ...usd, steps: [confirm, prepare, ready, dispatch] },
  {
    name: 'changed before it was confirmed',
    ...usd,
    steps: [
      post('/items', item('extra', '1.00')),
      { method: 'DELETE', path: '/items/sku-1', expect: 200 },
      { method: 'PATCH', path: '', body: { notes: 'ring twice', deliveryAddress: null }, expect: 200 },
      confirm,
      refused(post('/items', item('late', '1.00')), 'transition_refused'),
    ],
  },
  {
    name: 'repeats change nothing',
    ...usd,
    steps: [
      addExtra,
      addExtra,
      refused({ ...addExtra, body: item('other', '1.00') }, 'idempotency_key_reused', 422),
      confirm,
      confirm,
      pay('5.00'),
      pay('5.00'),
      refused(pay('6.00'), 'reference_conflict'),
    ],
  },
  {
    name: 'refusals leave it as it was',
    ...usd,
    steps: [
      refused(deliver, 'transition_refused'),
      refused(pay('22.26'), 'payment_exceeds_total'),
      refused(refund('0.01'), 'refund_exceeds_paid'),
      refused(pay('1.005'), 'invalid_request', 400),
      refused({ ...confirm, headers: { 'if-match': '"9"' } }, 'version_moved', 412),
      refused({ ...confirm, body: { colour: 'red' } }, 'invalid_request', 400),
      ...toTheDoor,
      refused(cancel, 'transition_refused'),
    ],
  },
  { name: 'stored as version 1, paid and delivered', ...usd, storedAs: 1, steps: [pay('22.25'), ...toTheDoor] },
  {
    name: 'stored as version 2, added to and cancelled',
    ...usd,
    storedAs: 2,
    steps: [post('/items', item('extra', '1.00')), confirm, cancel],
  },
];
