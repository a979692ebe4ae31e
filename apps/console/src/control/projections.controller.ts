import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import type { z } from 'zod';
import { confirmBody, swapBody } from '../control-shapes.ts';
import { mayBeAway, ok } from '../http/ok.ts';
import { projections, type Projections } from '../shapes.ts';
import { UPSTREAMS } from '../tokens.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { Watch } from '../watch/watch.ts';
import { assertConfirmed } from './confirmed.ts';
import { takeStep, type Step } from './projection-steps.ts';

const step = (summary: string, ...conflicts: string[]): MethodDecorator =>
  Documented({
    summary,
    responses: ok(projections, 'The generations of the projection'),
    problems: { 403: ['cross_site_refused'], 404: ['unknown_projection'], 409: conflicts, ...mayBeAway },
  });

/** The steps of a rebuild. */
@Controller('api/projections')
export class ProjectionsController {
  private readonly upstreams: Upstreams;
  private readonly watch: Watch;

  constructor(@Inject(UPSTREAMS) upstreams: Upstreams, @Inject(Watch) watch: Watch) {
    this.upstreams = upstreams;
    this.watch = watch;
  }

  @Post(':name/rebuild')
  @HttpCode(200)
  @step('Begin to fill a new generation beside the serving one', 'rebuild_under_way')
  rebuild(@Param('name') name: string): Promise<Projections> {
    return this.take(name, 'rebuild');
  }

  @Post(':name/swap')
  @HttpCode(200)
  @step('Let the generation that has caught up serve', 'wrong_state', 'rows_differ')
  swap(
    @Param('name') name: string,
    @Body({ schema: swapBody }) { confirm, acceptDifferences }: z.output<typeof swapBody>,
  ): Promise<Projections> {
    assertConfirmed(confirm, name);
    return this.take(name, 'swap', { acceptDifferences });
  }

  @Post(':name/rollback')
  @HttpCode(200)
  @step('Let the generation that stands by serve again', 'wrong_state')
  rollback(
    @Param('name') name: string,
    @Body({ schema: confirmBody }) { confirm }: z.output<typeof confirmBody>,
  ): Promise<Projections> {
    assertConfirmed(confirm, name);
    return this.take(name, 'rollback');
  }

  @Post(':name/drop')
  @HttpCode(200)
  @step('Drop the generation that does not serve', 'wrong_state')
  drop(
    @Param('name') name: string,
    @Body({ schema: confirmBody }) { confirm }: z.output<typeof confirmBody>,
  ): Promise<Projections> {
    assertConfirmed(confirm, name);
    return this.take(name, 'drop');
  }

  private async take(name: string, taken: Step, body?: object): Promise<Projections> {
    const answer = await takeStep(this.upstreams, { name, step: taken, ...(body && { body }) });
    this.watch.lookSoon();
    return answer;
  }
}
