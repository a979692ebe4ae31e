import { setTimeout as delay } from 'node:timers/promises';
import { fatalCauseOf } from './fatal-cause.ts';
import type { GroupSession } from './group-session.ts';
import { KafkaError } from './kafka-error.ts';
import type { KafkaLog } from './kafka-log.ts';

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 10_000;
const HEALTHY_AFTER_MS = 30_000;

export type KeeperOptions = {
  readonly brokers: readonly string[];
  readonly giveUpAfterMs: number;
  readonly log: KafkaLog | undefined;
  /** A session not opened yet, or why there can be none now. */
  readonly prepare: () => Promise<GroupSession>;
  /** Whatever the last session had is gone. */
  readonly onLost: () => void;
  /** Nothing more is tried. */
  readonly onGaveUp: (error: KafkaError) => void;
};

const asKafkaError = (error: unknown): KafkaError =>
  error instanceof KafkaError
    ? error
    : new KafkaError('consumer_crashed', 'The Kafka consumer broke down. A restart of the process may cure it.', {
        cause: error,
      });

/** Keeps one session open: a broken one is followed by a fresh one, with back-off, until that has failed too long. */
export class SessionKeeper {
  readonly #options: KeeperOptions;
  readonly #ended = new AbortController();
  #session: GroupSession | undefined;
  #openedAt = 0;
  #unwellSince: number | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  get session(): GroupSession | undefined {
    return this.#session;
  }

  get hasEnded(): boolean {
    return this.#ended.signal.aborted;
  }

  /** Resolves once a session has joined. Throws what makes it hopeless, or broker_unavailable after giveUpAfterMs. */
  async start(): Promise<void> {
    this.#unwellSince = performance.now();
    await this.#connect().catch((error: unknown) => {
      this.end();
      throw asKafkaError(error);
    });
  }

  /** No session is opened from here on; the one that is open stays so until close(). */
  end(): void {
    this.#ended.abort();
  }

  async close(): Promise<void> {
    this.end();
    await this.#session?.close();
  }

  /** To be called when a session that had joined is over. */
  crashed(error: Error): void {
    this.#options.onLost();
    void this.#session?.close().catch(() => undefined);
    if (this.hasEnded) return;
    const now = performance.now();
    if (now - this.#openedAt > HEALTHY_AFTER_MS) this.#unwellSince = undefined;
    this.#unwellSince ??= now;
    this.#tell('The session with the brokers broke; opening another', error);
    this.#recover(error).catch((reason: unknown) => {
      this.end();
      this.#options.onGaveUp(asKafkaError(reason));
    });
  }

  async #recover(error: Error): Promise<void> {
    this.#throwIfHopeless(error);
    await this.#connect();
  }

  async #connect(): Promise<void> {
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!this.hasEnded) {
      try {
        await this.#open();
        return;
      } catch (error) {
        this.#throwIfHopeless(error);
        this.#tell('No session with the brokers; trying again', error);
      }
      await this.#pause(backOffMs * (0.75 + Math.random() / 2));
      backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
    }
  }

  async #open(): Promise<void> {
    const session = await this.#options.prepare();
    this.#session = session;
    try {
      await session.open();
    } catch (error) {
      this.#options.onLost();
      void session.close().catch(() => undefined);
      throw error;
    }
    this.#openedAt = performance.now();
    if (this.hasEnded) await session.close();
  }

  #pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.#ended.signal }).catch(() => undefined);
  }

  #throwIfHopeless(error: unknown): void {
    const fatal = fatalCauseOf(error);
    if (fatal !== undefined) throw fatal;
    const unwellMs = performance.now() - (this.#unwellSince ?? Infinity);
    if (unwellMs < this.#options.giveUpAfterMs) return;
    const forSeconds = Math.round(unwellMs / 1_000);
    const brokers = this.#options.brokers.join(', ');
    throw new KafkaError('broker_unavailable', `No lasting session with ${brokers} for ${forSeconds} s: are they up?`, {
      cause: error,
    });
  }

  #tell(message: string, error: unknown): void {
    this.#options.log?.('warn', message, { error: error instanceof Error ? error.message : error });
  }
}
