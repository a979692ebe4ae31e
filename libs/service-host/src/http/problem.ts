/** One fault of a request; `path` is a JSON pointer into it (`/items/0/quantity`), or names a header or parameter. */
export type Fault = { path: string; message: string };

/** RFC 9457 problem details with a stable `code`; answers may carry further members. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: Fault[];
  [member: string]: unknown;
};

type RefusalDetails = {
  detail?: string;
  errors?: Fault[];
  /** Further members of the answer's body. */
  members?: Record<string, unknown>;
  /** Further headers of the answer, such as Retry-After. */
  headers?: Record<string, string>;
  cause?: unknown;
};

/** A request that gets this status and code as its answer; it is not logged as an error. */
export class RequestRefused extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: RefusalDetails;

  constructor(status: number, code: string, details: RefusalDetails = {}) {
    super(details.detail ?? code, { cause: details.cause });
    this.name = 'RequestRefused';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** 400 `invalid_request` naming every fault. */
export const invalidRequest = (errors: Fault[]): RequestRefused =>
  new RequestRefused(400, 'invalid_request', { detail: 'The request is not valid.', errors });

/** The body of an answer of this status and code; the title is the code in words. */
export const problemOf = (status: number, code: string, details: RefusalDetails = {}): Problem => ({
  type: `urn:problem:${code}`,
  title: `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`,
  status,
  code,
  ...(details.detail === undefined ? {} : { detail: details.detail }),
  ...(details.errors === undefined ? {} : { errors: details.errors }),
  ...details.members,
});
