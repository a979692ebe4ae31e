import { Controller, Get, Header, Inject, Param, StreamableFile } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { idParam } from '@orderline/read-models';
import { LiveDashboards } from './live-dashboards.ts';

@Controller('restaurants')
export class DashboardStreamController {
  private readonly live: LiveDashboards;

  constructor(@Inject(LiveDashboards) live: LiveDashboards) {
    this.live = live;
  }

  @Get(':restaurantId/stream')
  @Documented({
    summary: "A restaurant's dashboard of today now, and again whenever it has changed",
    responses: {
      200: {
        description: 'Server-sent events `dashboard` whose data is a Dashboard; each is the whole present state',
        contentType: 'text/event-stream',
      },
    },
  })
  @Header('cache-control', 'no-store')
  @Header('x-accel-buffering', 'no')
  stream(@Param('restaurantId', { schema: idParam }) restaurantId: string): StreamableFile {
    return new StreamableFile(this.live.stream(restaurantId), { type: 'text/event-stream' });
  }
}
