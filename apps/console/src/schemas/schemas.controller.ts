import { Controller, Get, Inject } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { mayBeAway, ok } from '../http/ok.ts';
import { schemas, type Schemas } from '../shapes.ts';
import { UPSTREAMS } from '../tokens.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { readSchemas } from './read-schemas.ts';

@Controller('api/schemas')
export class SchemasController {
  private readonly upstreams: Upstreams;

  constructor(@Inject(UPSTREAMS) upstreams: Upstreams) {
    this.upstreams = upstreams;
  }

  @Get()
  @Documented({ summary: 'Every schema of the topic, version by version', responses: ok(schemas), problems: mayBeAway })
  schemas(): Promise<Schemas> {
    return readSchemas(this.upstreams.registry);
  }
}
