/** Stable codes of contract.md; `invalid_request` is answered 400, the two `_not_found` 404, all others 409. */
export type RejectionCode =
  | 'below_paid'
  | 'invalid_request'
  | 'item_conflict'
  | 'item_not_found'
  | 'last_item'
  | 'limit_exceeded'
  | 'order_not_found'
  | 'payment_exceeds_total'
  | 'reference_conflict'
  | 'refund_exceeds_paid'
  | 'refund_required'
  | 'transition_refused';

/** A fault of a command's fields, its path as in the request body: `/items/0/quantity`. */
export type Fault = { readonly path: string; readonly message: string };

/** The rule says no: nothing was decided, and the same command on the same order is refused again. */
export class OrderRejected extends Error {
  override readonly name = 'OrderRejected';
  readonly code: RejectionCode;
  readonly detail: string | undefined;
  /** Every fault found, for `invalid_request`; empty for all other codes. */
  readonly faults: readonly Fault[];

  constructor(code: RejectionCode, detail?: string, faults: readonly Fault[] = []) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.faults = faults;
  }
}
