import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type InjectionToken,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Pool } from '@orderline/postgres';
import type { Registry as Metrics } from 'prom-client';
import { createProjector, type Projector, type ProjectorOptions } from '../projector.ts';
import { measureBatches } from './batch-metrics.ts';
import { exposeMetrics } from './metrics.ts';
import { ParkedController } from './parked.controller.ts';
import { ProjectionsController } from './projections.controller.ts';
import { ReceiptsController } from './receipts.controller.ts';
import { ReadYourWrites } from './read-your-writes.ts';
import { POOL, PROJECTOR } from './tokens.ts';

/** A projector in an app: also what it reports to. The pool is ended with the app. */
export type ProjectionAppOptions = ProjectorOptions & {
  readonly readiness: { register(name: string, check: () => void | Promise<void>): void };
  readonly metrics: Metrics;
};

const OPTIONS = Symbol('projection options');

@Injectable()
class ProjectorAtWork implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly projector: Projector;
  private readonly options: ProjectionAppOptions;

  constructor(@Inject(PROJECTOR) projector: Projector, @Inject(OPTIONS) options: ProjectionAppOptions) {
    this.projector = projector;
    this.options = options;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { pool, readiness, metrics } = this.options;
    readiness.register('database', async () => {
      await pool.query('SELECT 1');
    });
    readiness.register('projections', () => {
      this.projector.check();
    });
    exposeMetrics(this.projector, metrics);
    await this.projector.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.projector.stop();
  }

  onApplicationShutdown(): Promise<void> {
    return this.options.pool.end();
  }
}

const measuredProjector = ({ observers = [], ...options }: ProjectionAppOptions): Projector =>
  createProjector({ ...options, observers: [measureBatches(options.metrics), ...observers] });

/**
 * The kit in a Nest app: the projector starts with the app and drains with it, tells its readiness and metrics, serves
 * `/projections`, `/parked` and `/receipts`, and makes every GET wait for its `X-Event-Version`. Exports PROJECTOR and POOL.
 */
@Module({})
export class ProjectionModule {
  /** `options` gets what `inject` names, in that order. */
  static forApp<Injected extends unknown[]>(
    inject: { [At in keyof Injected]: InjectionToken },
    options: (...injected: Injected) => ProjectionAppOptions,
  ): DynamicModule {
    return {
      module: ProjectionModule,
      controllers: [ProjectionsController, ParkedController, ReceiptsController],
      providers: [
        { provide: OPTIONS, inject, useFactory: options as (...injected: unknown[]) => ProjectionAppOptions },
        { provide: PROJECTOR, inject: [OPTIONS], useFactory: measuredProjector },
        { provide: POOL, inject: [OPTIONS], useFactory: ({ pool }: ProjectionAppOptions): Pool => pool },
        ProjectorAtWork,
        { provide: APP_INTERCEPTOR, useClass: ReadYourWrites },
      ],
      exports: [PROJECTOR, POOL],
    };
  }
}
