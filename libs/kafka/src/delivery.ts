import type { Intake } from './group-session.ts';
import type { Hand, Handful, Piece, Placement } from './hand.ts';
import type { TopicBatch } from './topic-batch.ts';

export type DeliveryOptions = {
  readonly hand: Hand;
  readonly isLeaseHeld: () => boolean;
  readonly onBatch: (batch: TopicBatch) => Promise<void>;
  /** A batch has had its effect and positions have moved. */
  readonly onHandled: () => void;
  /** A batch was told that it is stale while the assignment stands: what it did is not known. */
  readonly onUncertain: () => void;
  readonly onFailed: (error: unknown) => void;
};

type Flight = { readonly handful: Handful; readonly batch: TopicBatch; wasToldStale: () => boolean };

/**
 * Hands what is in hand to onBatch, one batch at a time, while more is fetched. Every assignment is a term; what was
 * taken in a term that has ended never moves a position.
 */
export class Delivery implements Intake {
  readonly #options: DeliveryOptions;
  #term = 0;
  #open = false;
  #flight: Promise<void> | undefined;
  #scheduled = false;
  readonly #waitingForRoom = new Set<() => void>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** From here on batches are handed out, starting at these positions. */
  open(positions: ReadonlyMap<number, bigint>): void {
    this.#options.hand.assign(positions);
    this.#open = true;
  }

  /** Hands out nothing more and waits for the batch in flight, which still counts. */
  async drain(): Promise<void> {
    this.#open = false;
    await this.#flight;
  }

  offer(piece: Piece): Placement {
    const placement = this.#options.hand.offer(piece);
    if (placement === 'taken') this.wake();
    return placement;
  }

  /** Ends the term: what waits is forgotten, a batch in flight becomes stale. */
  close(): void {
    this.#term += 1;
    this.#open = false;
    this.#options.hand.assign(new Map());
    this.#letFetch();
  }

  /** Resolves when no batch is in flight. */
  async settled(): Promise<void> {
    await this.#flight;
  }

  /**
   * To be called whenever something came into hand or the lease was renewed. The batch starts a microtask later, so
   * that all partitions of one fetch answer are in it, without waiting for any that has nothing.
   */
  wake(): void {
    if (this.#scheduled || this.#flight !== undefined) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#next();
    });
  }

  get isFull(): boolean {
    return this.#options.hand.isFull;
  }

  /** Resolves when there may be room again, or after `atMostMs`. */
  room(atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        this.#waitingForRoom.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, atMostMs);
      this.#waitingForRoom.add(goOn);
    });
  }

  #letFetch(): void {
    for (const goOn of this.#waitingForRoom) goOn();
  }

  #next(): void {
    if (this.#flight !== undefined || !this.#open || !this.#options.isLeaseHeld()) return;
    const handful = this.#options.hand.take();
    if (handful === undefined) return;
    if (!this.isFull) this.#letFetch();
    this.#flight = this.#fly(this.#launch(handful), this.#term).finally(() => {
      this.#flight = undefined;
      this.#next();
    });
  }

  #launch(handful: Handful): Flight {
    const term = this.#term;
    let told = false;
    const isStale = (): boolean => {
      told ||= term !== this.#term || !this.#options.isLeaseHeld();
      return told;
    };
    return { handful, batch: { ...handful, isStale }, wasToldStale: () => told };
  }

  async #fly({ handful, batch, wasToldStale }: Flight, term: number): Promise<void> {
    const failure = await this.#attempt(batch);
    if (term !== this.#term) return;
    if (wasToldStale()) this.#options.onUncertain();
    else if (failure !== undefined) this.#options.onFailed(failure.error);
    else {
      this.#options.hand.handled(handful);
      this.#options.onHandled();
    }
  }

  async #attempt(batch: TopicBatch): Promise<{ error: unknown } | undefined> {
    try {
      await this.#options.onBatch(batch);
      return undefined;
    } catch (error) {
      return { error };
    }
  }
}
