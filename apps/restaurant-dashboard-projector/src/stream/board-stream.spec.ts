import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boardStream } from './board-stream.ts';

describe('board stream', () => {
  let tell: (text: string) => void;
  let isWatched: boolean;

  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const open = () => {
    isWatched = true;
    return boardStream((told) => {
      tell = told;
      return () => {
        isWatched = false;
      };
    });
  };
  const idOf = (frame: string | undefined): number => Number(/^id: (\d+)$/mu.exec(frame ?? '')?.[1]);

  it('writes what it is told as events with growing ids', async () => {
    const { readable } = open();
    const frames: string[] = [];
    readable.on('data', (bytes: Buffer) => frames.push(bytes.toString()));
    for (const text of ['{"a":1}', '{"a":2}']) {
      tell(text);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(frames[0]).toMatch(/^id: \d+\nevent: dashboard\ndata: \{"a":1\}\n\n$/u);
    expect(idOf(frames[1])).toBeGreaterThan(idOf(frames[0]));
  });

  it('writes a comment every 15 s', async () => {
    const { readable } = open();
    const frames: string[] = [];
    readable.on('data', (bytes: Buffer) => frames.push(bytes.toString()));
    await vi.advanceTimersByTimeAsync(45_000);
    expect(frames).toEqual([1, 2, 3].map(() => ': still here\n\n'));
  });

  it('keeps the latest state only for a reader who is slow', async () => {
    const { readable } = open();
    readable.read(0);
    for (let at = 1; at <= 1_000; at += 1) tell(String(at));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(readable.readableLength).toBeLessThan(100);
    const frames: string[] = [];
    readable.on('data', (bytes: Buffer) => frames.push(bytes.toString()));
    await vi.advanceTimersByTimeAsync(1);
    expect(frames.join('')).toMatch(/data: 1\n[^]*data: 1000\n\n$/u);
    expect(frames.join('').match(/data/gu)).toHaveLength(2);
  });

  it('stops watching when it ends, and when its reader has gone', async () => {
    const stream = open();
    let hasEnded = false;
    stream.readable.on('end', () => (hasEnded = true)).resume();
    stream.end();
    await vi.advanceTimersByTimeAsync(1);
    expect([isWatched, hasEnded]).toEqual([false, true]);
    const { readable: another } = open();
    another.destroy();
    await vi.advanceTimersByTimeAsync(1);
    expect(isWatched).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
