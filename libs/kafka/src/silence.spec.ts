import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Silence } from './silence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells when nothing is heard for as long as was last allowed, and only then', () => {
  const onSilence = vi.fn<(ms: number) => void>();
  const silence = new Silence(onSilence);
  vi.advanceTimersByTime(60_000);
  silence.allow(1_000);
  vi.advanceTimersByTime(999);
  silence.allow(5_000);
  vi.advanceTimersByTime(4_999);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onSilence.mock.calls).toEqual([[5_000]]);
});

it('says nothing after its end', () => {
  const onSilence = vi.fn<(ms: number) => void>();
  const silence = new Silence(onSilence);
  silence.allow(1_000);
  silence.end();
  vi.advanceTimersByTime(60_000);
  expect(onSilence).not.toHaveBeenCalled();
});
