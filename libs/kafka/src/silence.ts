/** Calls `onSilence` when nothing was heard for as long as was last allowed; not before the first allow() nor after end(). */
export class Silence {
  readonly #onSilence: (ms: number) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onSilence: (ms: number) => void) {
    this.#onSilence = onSilence;
  }

  /** Something was heard: the next word may take so long. */
  allow(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onSilence(ms), ms).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
