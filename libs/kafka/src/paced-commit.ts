/** Runs `commit` at most once per `everyMs`, and always after the last touch. A failure is left to the next time. */
export class PacedCommit {
  readonly #everyMs: number;
  readonly #commit: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number, commit: () => Promise<void>) {
    this.#everyMs = everyMs;
    this.#commit = commit;
  }

  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#commit();
    }, this.#everyMs).unref();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
