import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, READINESS, type Logger, type Readiness } from '@orderline/service-host';
import type { Config } from '../config.ts';
import { judge, type RelayState, type Verdict } from '../judging/judge.ts';
import type { Observation } from '../judging/observation.ts';
import { createRestartPace } from '../judging/restart-pace.ts';
import { CONFIG, PARTS } from '../tokens.ts';
import { look, type RelayParts } from './look.ts';

export type Seen = Verdict & {
  readonly observation: Observation;
  /** Since when it is in this state, epoch milliseconds. */
  readonly since: number;
  readonly restarts: number;
  /** Epoch milliseconds; undefined while none is due. */
  readonly restartDueAt: number | undefined;
};

/** Looks at the relay again and again, tells what it means, notes a loss, and restarts a connector that stands still. */
@Injectable()
export class Supervisor implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly parts: RelayParts;
  private readonly config: Config;
  private readonly logger: Logger;
  private readonly pace = createRestartPace();
  private readonly stopping = new AbortController();
  private restarts = 0;
  private isHealing = false;
  private healing: Promise<unknown> = Promise.resolve();
  private last: Seen | undefined;
  private round: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(PARTS) parts: RelayParts,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) logger: Logger,
    @Inject(READINESS) readiness: Readiness,
  ) {
    this.parts = parts;
    this.config = config;
    this.logger = logger;
    readiness.register('look', () => {
      const age = Date.now() - (this.last?.observation.at ?? 0);
      if (age > 10_000 + config.lookEveryMs) throw new Error('it has not looked at the relay of late');
    });
  }

  onApplicationBootstrap(): void {
    this.next(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.round;
  }

  /** The last look; the first one is waited for. */
  async seen(): Promise<Seen> {
    return this.last ?? this.lookNow();
  }

  /** Undefined before the first look. */
  lastSeen(): Seen | undefined {
    return this.last;
  }

  /** Runs `work` on a fresh look while no connector is restarted and nobody else heals, and looks again afterwards. */
  whileHealing<T>(work: (seen: Observation) => Promise<T>): Promise<T> {
    const turn = this.healing.then(() => this.healNow(work));
    this.healing = turn.catch(() => undefined);
    return turn;
  }

  async lookNow(): Promise<Seen> {
    const observation = await look(this.parts, this.last?.observation.lastDelivered);
    const verdict = judge(observation, this.config);
    await this.noteLoss(verdict);
    const isDue = this.pace.isDue(observation.at, this.isHealing ? null : verdict.restartAfterMs);
    if (isDue) await this.restart(verdict);
    const before = this.last;
    const since = before?.state === verdict.state ? before.since : observation.at;
    this.last = { ...verdict, observation, since, restarts: this.restarts, restartDueAt: this.pace.dueAt() };
    this.tell(before?.state, this.last);
    return this.last;
  }

  private async healNow<T>(work: (seen: Observation) => Promise<T>): Promise<T> {
    this.isHealing = true;
    try {
      return await work((await this.lookNow()).observation);
    } finally {
      this.isHealing = false;
      await this.lookNow();
    }
  }

  private next(afterMs: number): void {
    this.timer = setTimeout(() => {
      this.round = this.lookNow()
        .catch((error: unknown) => {
          this.logger.error({ err: error }, 'looking at the relay failed');
        })
        .finally(() => {
          if (!this.stopping.signal.aborted) this.next(this.config.lookEveryMs);
        });
    }, afterMs);
  }

  private async noteLoss({ loss }: Verdict): Promise<void> {
    if (loss === undefined) return;
    await this.parts.losses.record(loss).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'the loss could not be noted; it will be tried again');
    });
  }

  private async restart({ advice }: Verdict): Promise<void> {
    this.restarts += 1;
    this.logger.warn({ advice, restarts: this.restarts }, 'restarting the connector');
    await this.parts.connect.restart().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'Kafka Connect did not restart the connector');
    });
  }

  private tell(before: RelayState | undefined, { state, advice }: Seen): void {
    if (before === state || (isWell(before) && isWell(state))) return;
    this.logger[isWell(state) ? 'info' : 'warn']({ before, state, advice }, `the relay is ${state}`);
  }
}

const isWell = (state: RelayState | undefined): boolean => state === 'flowing' || state === 'idle';
