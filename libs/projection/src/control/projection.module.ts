import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type InjectionToken,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { createProjector, type Projector, type ProjectorOptions } from '../projector.ts';
import { ParkedController } from './parked.controller.ts';
import { PROJECTOR } from './projector-token.ts';
import { ProjectionsController } from './projections.controller.ts';
import { ReadYourWrites } from './read-your-writes.ts';

/** What an app gives: how its projector is made from what is injected. */
export type ProjectionModuleOptions = {
  readonly inject: InjectionToken[];
  readonly options: (...injected: never[]) => ProjectorOptions;
};

@Injectable()
class ProjectorAtWork implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly projector: Projector;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.projector = projector;
  }

  onApplicationBootstrap(): Promise<void> {
    return this.projector.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.projector.stop();
  }
}

/**
 * The kit in a Nest app: the projector starts with the app and drains with it, the control routes `/projections` and
 * `/parked` are served, and every GET waits for `X-Event-Version`. Exports PROJECTOR.
 */
@Module({})
export class ProjectionModule {
  static forApp({ inject, options }: ProjectionModuleOptions): DynamicModule {
    const create = options as (...injected: unknown[]) => ProjectorOptions;
    return {
      module: ProjectionModule,
      controllers: [ProjectionsController, ParkedController],
      providers: [
        { provide: PROJECTOR, inject, useFactory: (...injected: unknown[]) => createProjector(create(...injected)) },
        ProjectorAtWork,
        { provide: APP_INTERCEPTOR, useClass: ReadYourWrites },
      ],
      exports: [PROJECTOR],
    };
  }
}
