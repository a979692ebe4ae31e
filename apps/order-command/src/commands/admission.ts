import { tooBusy } from '../http/refusal.ts';

/** Lets in at most so many requests at once, whoever sends them; more are refused at once (429) instead of piling up. */
export class Admission {
  private readonly most: number;
  private inside = 0;

  constructor(most: number) {
    this.most = most;
  }

  /** How many requests are inside now. */
  get size(): number {
    return this.inside;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.inside >= this.most) throw tooBusy('This service has as many requests in hand as it can take.');
    this.inside += 1;
    try {
      return await work();
    } finally {
      this.inside -= 1;
    }
  }
}
