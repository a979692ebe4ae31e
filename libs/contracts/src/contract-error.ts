export type ContractErrorCode =
  /** The bytes are not what their schema says, or not Confluent wire format at all. */
  | 'malformed'
  /** The registry says that it has no schema of this id. */
  | 'unknown_schema'
  /** The registry's schema is not Avro, or cannot be read as today's version of its record. */
  | 'unreadable_schema'
  /** The registry did not answer. The only code that is worth a retry. */
  | 'registry_unavailable'
  /** An event to be published breaks its schema; `faults` names every wrong field. */
  | 'invalid_event'
  /** A schema that this build publishes has not been registered. */
  | 'missing_schema_id'
  /** A stored event is of a type or version that this build does not know. */
  | 'newer_history'
  /** A stored event is not what its schema version says. */
  | 'invalid_history';

/** `path` as in '/items/0/quantity'. Never quotes a value: it may be personal. */
export type ContractFault = { readonly path: string; readonly message: string };

type Circumstances = ErrorOptions & { readonly faults?: readonly ContractFault[] };

/** The one error of this library; `retriable` says whether the same call may succeed later. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: ContractErrorCode;
  readonly retriable: boolean;
  readonly faults: readonly ContractFault[];

  constructor(code: ContractErrorCode, message: string, { faults = [], ...options }: Circumstances = {}) {
    super(message, options);
    this.code = code;
    this.retriable = code === 'registry_unavailable';
    this.faults = faults;
  }
}
