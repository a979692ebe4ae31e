import { Body, Controller, Get, HttpCode, Inject, Param, Post, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { Projector } from '../projector.ts';
import type { ProjectionStatus } from '../status.ts';
import { answering } from './answer.ts';
import { PROJECTOR } from './tokens.ts';
import { projectionsAnswer, swapBody } from './shapes.ts';

type Answer = { projections: ProjectionStatus[] };

const documented = (summary: string, problems: Record<number, string[]> = {}, status = 200): MethodDecorator =>
  SetMetadata('openapi', {
    summary,
    responses: { [status]: { description: 'The generations as they are now', schema: projectionsAnswer } },
    problems,
  });

const refusing = (...codes: string[]): Record<number, string[]> => ({
  404: ['unknown_projection'],
  409: codes,
  503: ['unavailable'],
});

/** How far every projection has come, and the steps of a rebuild. */
@Controller('projections')
export class ProjectionsController {
  private readonly projector: Projector;

  constructor(@Inject(PROJECTOR) projector: Projector) {
    this.projector = projector;
  }

  @Get()
  @documented('Every generation: state, checkpoints, lag, rate, counts')
  async list(): Promise<Answer> {
    return { projections: await this.projector.status() };
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @documented('Begin to fill a new generation beside the serving one', refusing('rebuild_under_way'), 202)
  rebuild(@Param('name') name: string): Promise<Answer> {
    return this.change(name, () => this.projector.rebuild(name));
  }

  @Post(':name/swap')
  @HttpCode(200)
  @documented('Let the generation that has caught up serve', refusing('wrong_state', 'rows_differ'))
  swap(@Param('name') name: string, @Body({ schema: swapBody }) body: z.output<typeof swapBody>): Promise<Answer> {
    return this.change(name, () => this.projector.swap(name, { acceptDifferences: body?.acceptDifferences ?? false }));
  }

  @Post(':name/rollback')
  @HttpCode(200)
  @documented('Let the generation that stands by serve again', refusing('wrong_state'))
  rollback(@Param('name') name: string): Promise<Answer> {
    return this.change(name, () => this.projector.rollback(name));
  }

  @Post(':name/drop')
  @HttpCode(200)
  @documented('Drop the generation that does not serve', refusing('wrong_state'))
  drop(@Param('name') name: string): Promise<Answer> {
    return this.change(name, () => this.projector.drop(name));
  }

  private async change(name: string, step: () => Promise<void>): Promise<Answer> {
    await answering(step);
    return { projections: (await this.projector.status()).filter((projection) => projection.name === name) };
  }
}
