import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditLoad, markTopic, startLoad, type LoadReport, type LoadResult } from '@orderline/load';
import { eventually } from '@orderline/testing';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { plant } from './planted.ts';
import { stackPlaces } from './stack-audit.ts';
import '../support/provided.ts';

/** The load tester as a person runs it, on this run's stack. */
const load = async (...words: string[]): Promise<{ code: number | null; said: string; result: LoadResult }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'apps/orderline/src/main.ts', 'load', '--json', ...words], {
    env: { ...process.env, NO_COLOR: '1', ORDERLINE_NAME: 'test', ORDERLINE_PORT_OFFSET: '10000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, result: JSON.parse(said.trimEnd().split('\n').at(-1) ?? '') as LoadResult };
};

const projectors = ['order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'];

describe('orderline load', () => {
  it('drives orders at the rate, measures every hop, and finds nothing lost, doubled or out of order', async () => {
    const out = mkdtempSync(join(tmpdir(), 'orderline-load-'));
    onTestFinished(() => rmSync(out, { recursive: true }));
    const { code, said, result } = await load('--rate', '50', '--duration', '10s', '--ramp', '2s', '--out', out);
    expect(result.faults).toEqual([]);
    expect(said).toContain('\nlost 0, doubled 0, out of order 0; lag does not grow\n');
    expect(code).toBe(0);
    expect(result.eventsPerSecond).toBeGreaterThan(35);
    expect(result.eventsPerSecond).toBeLessThan(65);
    expect(result.delays.map(({ of }) => of)).toEqual([
      ...['command → answer', 'commit → record'],
      ...projectors.map((name) => `commit → visible in ${name}`),
    ]);
    for (const { of, percentiles } of result.delays) {
      expect(percentiles.count, of).toBeGreaterThan(30);
      expect(percentiles.p50, of).toBeGreaterThan(0);
    }
    expect(result.audit).toMatchObject({ compared: 'all', ok: true });
    expect(result.lag.map(({ hop }) => hop)).toEqual(['order-command', 'relay and Kafka', ...projectors]);
    const [page = '', json = ''] = /\S+\.html\n\S+\.json/u.exec(said)?.[0].split('\n') ?? [];
    expect(readFileSync(page, 'utf8')).toContain('lost 0, doubled 0, out of order 0');
    expect((JSON.parse(readFileSync(json, 'utf8')) as LoadResult).series.length).toBeGreaterThan(8);
  });
});

describe('the audit of a load', () => {
  let report: LoadReport;
  let topic: Awaited<ReturnType<typeof markTopic>>;
  beforeAll(async () => {
    topic = await markTopic(inject('stack').kafkaBrokers);
    const running = startLoad({
      ...{ commandUrl: inject('stack').commandUrl, ratePerSecond: 40, seed: 11 },
      trade: { customers: 50, restaurants: 5, skew: 1 },
    });
    const settled = (): void => expect(running.soFar().settled).toBeGreaterThan(120);
    await eventually(settled, { withinMs: 30_000, everyMs: 100 });
    report = await running.stop();
    return () => topic.close();
  });
  const audit = (told: LoadReport = report) => auditLoad(told, { audit: stackPlaces({ settleMs: 5_000 }) });
  const onTopic = (told: LoadReport = report) => auditLoad(told, { topic: () => topic.check(told.accepted) });
  const [orderId, version] = ['01980000-0000-7000-8000-0000000010ad', 1];

  it('finds every promise kept, in all places and on the topic alone', async () => {
    expect(report.surprises).toEqual([]);
    expect(await audit()).toMatchObject({ compared: 'all', ok: true, findings: [] });
    expect(await onTopic()).toMatchObject({ compared: 'topic', ok: true, orders: report.accepted.size, findings: [] });
  });

  it('an order that a client was promised and no place has is lost, though all places agree', async () => {
    const told = { ...report, accepted: new Map([...report.accepted, [orderId, version]]) };
    for (const found of [await audit(told), await onTopic(told)]) {
      expect(found).toMatchObject({ ok: false, lost: 1 });
      expect(found.findings).toEqual([expect.stringContaining(orderId)]);
    }
  });

  it('so is a version beyond the last one stored', async () => {
    const [one] = [...report.accepted];
    const told = { ...report, accepted: new Map([...report.accepted, [one![0], one![1] + 1]]) };
    expect(await audit(told)).toMatchObject({ ok: false, lost: 1 });
    expect(await onTopic(told)).toMatchObject({ ok: false, lost: 1 });
  });

  it('an event that a retried command added a second time is doubled', async () => {
    const [one] = [...report.accepted].find(([, newest]) => newest > 1) ?? [];
    const told = { ...report, accepted: new Map([...report.accepted, [one!, report.accepted.get(one!)! - 1]]) };
    expect(await audit(told)).toMatchObject({ ok: false, doubled: 1, lost: 0 });
  });

  it('an accepted order that a read model does not show is named', async () => {
    const [one] = [...report.accepted];
    const where = `generation = serving_generation('order-summary') AND order_id = '${one![0]}'`;
    const summary = { database: 'order_summary', table: 'order_summary', where };
    await plant(summary, `DELETE FROM order_summary WHERE ${where}`);
    expect((await audit()).findings).toEqual([expect.stringContaining(`order ${one![0]}`)]);
  });
});
