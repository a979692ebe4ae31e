import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Documented, RequestRefused } from '@orderline/service-host';
import { z } from 'zod';
import { CannotHeal, heal } from '../healing/heal.ts';
import { PARTS } from '../tokens.ts';
import type { RelayParts } from './look.ts';
import { relayAnswer, toRelayAnswer, type RelayAnswer } from './relay-answer.ts';
import { Supervisor } from './supervisor.ts';

const healBody = z.strictObject({ dryRun: z.boolean().optional() }).optional().meta({ id: 'HealRelay' });
const healing = z
  .object({ dryRun: z.boolean(), steps: z.array(z.string()), relay: relayAnswer })
  .meta({ id: 'RelayHealing' });

@Controller('relay')
export class RelayController {
  private readonly supervisor: Supervisor;
  private readonly parts: RelayParts;

  constructor(@Inject(Supervisor) supervisor: Supervisor, @Inject(PARTS) parts: RelayParts) {
    this.supervisor = supervisor;
    this.parts = parts;
  }

  @Get()
  @Documented({
    summary: 'How the relay is, and what to do where something is wrong',
    responses: { 200: { description: 'As of the last look', schema: relayAnswer } },
  })
  async relay(): Promise<RelayAnswer> {
    return toRelayAnswer(await this.supervisor.seen());
  }

  @Post('heal')
  @HttpCode(200)
  @Documented({
    summary: 'Let the relay flow again: a lost slot is made again. What was left out is sent again by order-command',
    responses: { 200: { description: 'What was done, or would be', schema: healing } },
    problems: { 413: ['body_too_large'], 415: ['unsupported_media_type'], 503: ['cannot_heal'] },
  })
  async heal(@Body({ schema: healBody }) body: z.infer<typeof healBody>): Promise<z.infer<typeof healing>> {
    const dryRun = body?.dryRun ?? false;
    const { steps } = await this.supervisor.whileHealing((seen) => heal(this.parts, { seen, dryRun })).catch(toRefusal);
    return { dryRun, steps: [...steps], relay: await this.relay() };
  }

  @Post('healed')
  @HttpCode(200)
  @Documented({
    summary: 'Say that what was left out has been sent again',
    responses: { 200: { description: 'The relay without its loss', schema: relayAnswer } },
    problems: { 409: ['still_lost'], 413: ['body_too_large'], 415: ['unsupported_media_type'] },
  })
  async healed(): Promise<RelayAnswer> {
    const { loss } = await this.supervisor.lookNow();
    if (loss !== undefined)
      throw new RequestRefused(409, 'still_lost', { detail: 'The slot is not whole: heal it first.' });
    await this.parts.losses.close();
    return toRelayAnswer(await this.supervisor.lookNow());
  }
}

const toRefusal = (error: unknown): never => {
  if (!(error instanceof CannotHeal)) throw error;
  throw new RequestRefused(503, 'cannot_heal', { detail: error.message, cause: error });
};
