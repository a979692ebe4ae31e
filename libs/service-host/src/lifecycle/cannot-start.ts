/** A service cannot start for a reason that a person can mend; the message says what to do and is printed as it is. */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotStart';
  }
}
