import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { ComparisonResult } from './measure-arms.ts';
import { measureRelay } from './relay/measure-relay.ts';
import { measureShards } from './relay/measure-shards.ts';
import { measureCpu } from './stack/measure-cpu.ts';
import type { ProcessIds } from './stack/stack-under-load.ts';

/** Short forms of the benchmarks that need the whole stack, on the one of this run. Their figures mean nothing. */
describe('benchmarks on a whole stack', () => {
  const { commandUrl, appUrls, kafkaBrokers, connectUrl, ordersUrl, pidFolder } = inject('stack');
  const servers = { adminUrl: ordersUrl, connectUrl, kafkaBrokers };
  const processes = (): ProcessIds =>
    Object.fromEntries(
      readdirSync(pidFolder).map((file) => {
        const { pid } = JSON.parse(readFileSync(join(pidFolder, file), 'utf8')) as { pid: number };
        return [file.replace('.json', ''), pid];
      }),
    );
  const results: ComparisonResult[] = [];
  beforeEach(() => {
    results.length = 0;
  });
  const report = (result: ComparisonResult): void => void results.push(result);
  const figuresOf = (title: string): Record<string, number> => {
    const found = results.find((result) => result.title.startsWith(title));
    return Object.fromEntries((found?.arms ?? []).map(({ name, median }) => [name, median]));
  };

  it("tell the relay's delay and the rate at which a backlog goes, as configured and with defaults", async () => {
    await measureRelay(servers, { rounds: 1, rate: 100, seconds: 0.5, backlog: 500 }, report);
    for (const title of ['delay at 100 events/s, p50', 'delay at 100 events/s, p99', 'a backlog of 500 rows']) {
      const { 'as configured': ours = Number.NaN, "Debezium's defaults": defaults = Number.NaN } = figuresOf(title);
      expect(ours, title).toBeGreaterThan(0);
      expect(defaults, title).toBeGreaterThan(0);
    }
  });

  it('bring the events of two shards onto one topic, each once, and tell what they cost', async () => {
    const counted = processes();
    await measureShards({ ...servers, processes: counted }, { rounds: 1, rate: 100, seconds: 0.5 }, report);
    const { 'one shard': one, 'two shards': two } = figuresOf('CPU per event at 100 events/s: all together');
    expect(one).toBeGreaterThan(0);
    expect(two).toBeGreaterThan(0);
  });

  it('tell the CPU of every process of the stack, and their sum', async () => {
    const projectorUrls = ['order-summary', 'analytics'].flatMap((name) => appUrls[name] ?? []);
    await measureCpu({ commandUrl, projectorUrls, processes }, { rounds: 1, rate: 50, seconds: 1 }, report);
    const figures = figuresOf('CPU per event');
    const parts = Object.keys(processes()).map((name) => figures[name] ?? Number.NaN);
    expect(figures['all of the stack']).toBeCloseTo(parts.reduce((sum, cost) => sum + cost, 0));
    expect(figures['order-command']).toBeGreaterThan(0);
    expect(figuresOf('events accepted')['over HTTP']).toBeGreaterThan(10);
  });
});
