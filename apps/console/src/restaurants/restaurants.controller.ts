import { Controller, Get, Header, Inject, Param, StreamableFile, type OnModuleDestroy } from '@nestjs/common';
import { Documented } from '@orderline/service-host';
import { idParam } from '../http/ids.ts';
import { mayBeAway, ok } from '../http/ok.ts';
import { restaurants, type Restaurants } from '../order-shapes.ts';
import { UPSTREAMS } from '../tokens.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { listRestaurants } from './list-restaurants.ts';
import { passThrough } from './pass-through.ts';

@Controller('api/restaurants')
export class RestaurantsController implements OnModuleDestroy {
  private readonly upstreams: Upstreams;
  private readonly stopping = new AbortController();

  constructor(@Inject(UPSTREAMS) upstreams: Upstreams) {
    this.upstreams = upstreams;
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  @Get()
  @Documented({ summary: 'Restaurants of the newest orders', responses: ok(restaurants), problems: mayBeAway })
  restaurants(): Promise<Restaurants> {
    return listRestaurants(this.upstreams.projector('order-summary'));
  }

  @Get(':restaurantId/stream')
  @Documented({
    summary: "A restaurant's dashboard of today now, and again whenever it has changed",
    responses: {
      200: {
        description: 'Server-sent events `dashboard`, as the restaurant dashboard gives them',
        contentType: 'text/event-stream',
      },
    },
    problems: mayBeAway,
  })
  @Header('cache-control', 'no-store')
  @Header('x-accel-buffering', 'no')
  async stream(@Param('restaurantId', { schema: idParam }) restaurantId: string): Promise<StreamableFile> {
    const dashboards = this.upstreams.projector('restaurant-dashboard');
    const path = `/restaurants/${encodeURIComponent(restaurantId)}/stream`;
    const events = await passThrough(dashboards, path, this.stopping.signal);
    return new StreamableFile(events, { type: 'text/event-stream' });
  }
}
