import { Controller, Get, Inject, Res, SetMetadata } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { aboutProcessKey, Documented } from '../openapi/documented.ts';
import { READINESS } from '../tokens.ts';
import type { Readiness, ReadinessReport } from './readiness.ts';

const liveness = z.object({ status: z.literal('live') });
const readiness = z.object({
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ready: z.boolean(), reason: z.string().optional() })),
});

@Controller('health')
@SetMetadata(aboutProcessKey, true)
export class HealthController {
  private readonly readiness: Readiness;

  constructor(@Inject(READINESS) parts: Readiness) {
    this.readiness = parts;
  }

  @Get('live')
  @Documented({ summary: 'Whether the process runs', responses: { 200: { description: 'It runs', schema: liveness } } })
  live(): z.infer<typeof liveness> {
    return { status: 'live' };
  }

  @Get('ready')
  @Documented({
    summary: 'Whether the service can do its work, part by part',
    responses: {
      200: { description: 'Every part is there', schema: readiness },
      503: { description: 'A part is away; its check says why', schema: readiness },
    },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    void reply.code(report.ready ? 200 : 503);
    return report;
  }
}
