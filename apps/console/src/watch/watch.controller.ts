import { Controller, Get, Header, Inject, StreamableFile } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { ok } from '../http/ok.ts';
import { pipeline, parkedOrders, projections, type ParkedOrders, type Pipeline, type Projections } from '../shapes.ts';
import { Watch } from './watch.ts';

@Controller('api')
export class WatchController {
  private readonly watch: Watch;

  constructor(@Inject(Watch) watch: Watch) {
    this.watch = watch;
  }

  @Get('stream')
  @Documented({
    summary: 'Everything that moves, as long as it is listened to',
    responses: {
      200: {
        description:
          'Server-sent events: `history` once, `pipeline` every second, `projections` and `parked` when they changed; each is the whole present state',
        contentType: 'text/event-stream',
      },
    },
  })
  @Header('cache-control', 'no-store')
  @Header('x-accel-buffering', 'no')
  stream(): StreamableFile {
    return new StreamableFile(this.watch.open().readable, { type: 'text/event-stream' });
  }

  @Get('pipeline')
  @Documented({ summary: 'The way of an event, station by station', responses: ok(pipeline) })
  async pipeline(): Promise<Pipeline> {
    return (await this.watch.now()).pipeline;
  }

  @Get('projections')
  @Documented({ summary: 'Every generation of every projection', responses: ok(projections) })
  async projections(): Promise<Projections> {
    return (await this.watch.now()).projections;
  }

  @Get('parked')
  @Documented({ summary: 'Orders that wait for somebody to look, newest first', responses: ok(parkedOrders) })
  async parked(): Promise<ParkedOrders> {
    return (await this.watch.now()).parked;
  }
}
