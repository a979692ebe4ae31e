import type { Step } from '../lives/step.ts';

/** An order, and how far along its life it is. */
export type Life = {
  readonly n: number;
  readonly steps: readonly Step[];
  at: number;
  orderId: string;
  version: number;
};

/** So many orders are kept open that the next command seldom finds all of them busy. */
const fewest = 60;
/** Above that, one command in so many begins a new order until there are enough: a life of trade has seven and more. */
const oneIn = 6;

export type OpenOrdersSettings = {
  readonly lifeOf: (n: number) => readonly Step[];
  readonly chance: () => number;
  readonly most: number;
};

/** Orders with steps to come. One that was taken has a command under way, and is not there until it is given back. */
export class OpenOrders {
  readonly #settings: OpenOrdersSettings;
  readonly #idle: Life[] = [];
  #born = 0;
  #open = 0;

  constructor(settings: OpenOrdersSettings) {
    this.#settings = settings;
  }

  get born(): number {
    return this.#born;
  }

  /** Any of the idle ones, or a new one where there are too few. */
  take(): Life {
    return (this.#wantsMore() ? undefined : this.#takeIdle()) ?? this.#begin();
  }

  giveBack(life: Life): void {
    if (life.at < life.steps.length) this.#idle.push(life);
    else this.#open -= 1;
  }

  giveUp(): void {
    this.#open -= 1;
  }

  #wantsMore(): boolean {
    if (this.#open < fewest) return true;
    return this.#open < this.#settings.most && this.#settings.chance() * oneIn < 1;
  }

  #takeIdle(): Life | undefined {
    const at = Math.floor(this.#settings.chance() * this.#idle.length);
    const chosen = this.#idle[at];
    const last = this.#idle.pop();
    if (chosen !== last && last !== undefined) this.#idle[at] = last;
    return chosen;
  }

  #begin(): Life {
    this.#open += 1;
    this.#born += 1;
    return { n: this.#born, steps: this.#settings.lifeOf(this.#born), at: 0, orderId: '', version: 0 };
  }
}
