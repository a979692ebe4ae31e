import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEventStream } from './event-stream.ts';

describe('an event stream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = () => vi.advanceTimersByTimeAsync(1);
  const framesOf = (readable: NodeJS.ReadableStream): string[] => {
    const frames: string[] = [];
    readable.on('data', (bytes: Buffer) => frames.push(bytes.toString()));
    return frames;
  };

  it('writes what it is told under its name, and a comment every 15 s', async () => {
    const stream = createEventStream(() => undefined);
    const frames = framesOf(stream.readable);
    stream.send('pipeline', '{"a":1}');
    await settle();
    stream.send('parked', '[]');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(frames).toEqual(['event: pipeline\ndata: {"a":1}\n\n', 'event: parked\ndata: []\n\n', ': still here\n\n']);
  });

  it('keeps the latest of each kind only for a reader who is slow', async () => {
    const stream = createEventStream(() => undefined);
    stream.readable.read(0);
    for (let at = 0; at <= 1_000; at += 1) for (const kind of ['pipeline', 'parked']) stream.send(kind, String(at));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stream.readable.readableLength).toBeLessThan(100);
    const frames = framesOf(stream.readable);
    for (let at = 0; at < 5; at += 1) await settle();
    expect(frames.join('').match(/data: \d+/gu)).toEqual(['data: 0', 'data: 1000', 'data: 1000']);
  });

  it('tells once that it is closed, when its reader has gone and when it ends, and leaves no timer', async () => {
    let closed = 0;
    createEventStream(() => (closed += 1)).readable.destroy();
    await settle();
    expect(closed).toBe(1);
    const another = createEventStream(() => (closed += 1));
    another.readable.resume();
    another.end();
    await settle();
    another.send('pipeline', 'too late');
    await settle();
    expect([closed, vi.getTimerCount()]).toEqual([2, 0]);
  });
});
