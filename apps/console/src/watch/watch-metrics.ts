import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge, METRICS, type Registry } from '@orderline/service-host';
import { Watch } from './watch.ts';

@Injectable()
export class WatchMetrics implements OnApplicationBootstrap {
  private readonly registry: Registry;
  private readonly watch: Watch;

  constructor(@Inject(METRICS) registry: Registry, @Inject(Watch) watch: Watch) {
    this.registry = registry;
    this.watch = watch;
  }

  onApplicationBootstrap(): void {
    this.gauge('streams', 'Pages that are open and told of every look', () => this.watch.openStreams());
    this.gauge('parts_away', 'Parts of the stack that did not answer at the last look', () => this.watch.partsAway());
  }

  private gauge(name: string, help: string, read: () => number): void {
    const made: Gauge = new Gauge({
      name: `orderline_console_${name}`,
      help,
      registers: [this.registry],
      collect: () => {
        made.set(read());
      },
    });
  }
}
