import { eventually } from '@orderline/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createScratchTopic, watch } from './scratch-topic.ts';

const wokenIn = async (ms: number): Promise<number> => {
  const before = performance.now();
  const timers = vi.spyOn(globalThis, 'setTimeout');
  await new Promise((resolve) => setImmediate(resolve));
  timers.mockClear();
  await eventually(() => expect(performance.now() - before).toBeGreaterThan(ms), { everyMs: 500 });
  const count = timers.mock.calls.length;
  timers.mockRestore();
  return count;
};

it('arms a handful of timers a second on idle connections, and no negative one', async () => {
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const scratch = await createScratchTopic(12);
  const { consumer } = watch(scratch);
  await consumer.start();
  await eventually(() => expect(consumer.status).toBe('consuming'));
  // kafkajs 2.2.4 as it comes arms some 700 a second for each connection; here are several
  expect(await wokenIn(3_000)).toBeLessThan(100);
  const before = process.cpuUsage();
  await wokenIn(3_000);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 3_000_000).toBeLessThan(0.05);
  expect(warnings).not.toContain('TimeoutNegativeWarning');
});
