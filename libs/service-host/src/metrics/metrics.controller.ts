import { Controller, Get, Header, Inject, SetMetadata } from '@nestjs/common';
import { Registry } from 'prom-client';
import { aboutProcessKey, Documented } from '../openapi/documented.ts';
import { METRICS } from '../tokens.ts';

@Controller('metrics')
@SetMetadata(aboutProcessKey, true)
export class MetricsController {
  private readonly registry: Registry;

  constructor(@Inject(METRICS) registry: Registry) {
    this.registry = registry;
  }

  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Documented({
    summary: 'Metrics for Prometheus',
    responses: { 200: { description: 'Text exposition format', contentType: 'text/plain' } },
  })
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
