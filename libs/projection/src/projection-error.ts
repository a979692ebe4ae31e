/** retriable: the same call may succeed later without anyone changing anything. */
const retriable = {
  /** A table or projection that cannot work as written. */
  invalid_definition: false,
  /** Two projections of one app share a name or a table. */
  duplicate_projection: false,
  /** The database has no projection of this name that this build knows. */
  unknown_projection: false,
  /** The order is not parked. */
  not_parked: false,
  /** Another record of the order is at the head of its queue than the one that was named. */
  not_at_head: false,
  /** A rebuild of this projection is under way already, or a standby generation has not been dropped. */
  rebuild_under_way: false,
  /** There is no generation in the state that this step needs. */
  wrong_state: false,
  /** The new generation's rows differ from the serving one's. */
  rows_differ: false,
  /** Both generations did not come to equal offsets in the time allowed. */
  not_level: true,
  /** The topic is not the one that the checkpoint was made against. */
  foreign_topic: false,
  /** Another member moved the checkpoint, or the batch is not the one that comes next. */
  fenced: true,
  /** A row shared by several orders was made by another instance meanwhile. */
  row_appeared: true,
  /** This one event can never be applied. */
  poison: false,
} as const;

export type ProjectionErrorCode = keyof typeof retriable;

/** Every error that the kit raises on purpose. The message says what to do. */
export class ProjectionError extends Error {
  override readonly name = 'ProjectionError';
  readonly code: ProjectionErrorCode;
  readonly retriable: boolean;

  constructor(code: ProjectionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.retriable = retriable[code];
  }
}

/** Tells a ProjectionError, of a given code when one is named. */
export const isProjectionError = (error: unknown, code?: ProjectionErrorCode): error is ProjectionError =>
  error instanceof ProjectionError && (code === undefined || error.code === code);
