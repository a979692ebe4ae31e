import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from '@orderline/postgres';
import { POOL } from '@orderline/projection';
import { Gauge, LOGGER, METRICS, type Logger, type Registry } from '@orderline/service-host';
import { readDashboard } from '../board/read-dashboard.ts';
import { utcDay } from '@orderline/read-models';
import { boardStream, type BoardStream } from './board-stream.ts';
import { listen, type Listening } from './listen.ts';
import { createLiveBoards, type LiveBoards } from './live-boards.ts';

const DAY_MS = 86_400_000;

/**
 * Streams of dashboards, right with any number of instances: whichever applies an event, its transaction notifies all of
 * them. They end when the app stops.
 */
@Injectable()
export class LiveDashboards implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly pool: Pool;
  private readonly boards: LiveBoards;
  private readonly streams = new Set<BoardStream>();
  private readonly onError: (error: unknown) => void;
  private listening: Listening | undefined;
  private midnight: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(@Inject(POOL) pool: Pool, @Inject(LOGGER) logger: Logger, @Inject(METRICS) metrics: Registry) {
    this.pool = pool;
    this.onError = (error) => {
      logger.warn({ err: error }, 'live dashboards wait for the database');
    };
    const { streams } = this;
    new Gauge({
      name: 'orderline_dashboard_streams',
      help: 'Streams of dashboards that are open',
      registers: [metrics],
      collect() {
        this.set(streams.size);
      },
    });
    this.boards = createLiveBoards({
      read: async (restaurantId) => JSON.stringify(await readDashboard(pool, restaurantId, utcDay(Date.now()))),
      onError: this.onError,
    });
  }

  onApplicationBootstrap(): void {
    this.listening = listen(this.pool, {
      channel: 'dashboard',
      onPayload: (restaurantId) => this.boards.changed(restaurantId),
      onConnected: () => this.boards.changed(),
      onError: this.onError,
    });
    this.atMidnight();
  }

  stream(restaurantId: string): BoardStream['readable'] {
    const stream = boardStream((tell) => this.boards.watch(restaurantId, tell));
    this.streams.add(stream);
    stream.readable.once('close', () => this.streams.delete(stream));
    if (this.isStopping) stream.end();
    return stream.readable;
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.midnight);
    this.boards.close();
    for (const stream of this.streams) stream.end();
    await this.listening?.stop();
  }

  /** Another day is a change of every dashboard. */
  private atMidnight(): void {
    this.midnight = setTimeout(
      () => {
        this.boards.changed();
        this.atMidnight();
      },
      DAY_MS - (Date.now() % DAY_MS) + 1,
    );
  }
}
