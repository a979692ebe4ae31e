import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveBoards, type LiveBoards } from './live-boards.ts';

describe('live boards', () => {
  let state: string;
  let reads: number;
  let fails: boolean;
  let errors: unknown[];
  let boards: LiveBoards;

  beforeEach(() => {
    vi.useFakeTimers();
    [state, reads, fails, errors] = ['empty', 0, false, []];
    boards = createLiveBoards({
      read: async (restaurantId) => {
        reads += 1;
        const text = `${restaurantId} ${state}`;
        await new Promise((resolve) => setTimeout(resolve, 10));
        if (fails) throw new Error('away');
        return text;
      },
      onError: (error) => errors.push(error),
      gapMs: 100,
      retryMs: 1_000,
    });
  });
  afterEach(() => {
    boards.close();
    vi.useRealTimers();
  });

  const watched = (restaurantId = 'r-1') => {
    const told: string[] = [];
    return { told, leave: boards.watch(restaurantId, (text) => told.push(text)) };
  };

  it('tells a newcomer the present state', async () => {
    const { told } = watched();
    await vi.advanceTimersByTimeAsync(10);
    expect(told).toEqual(['r-1 empty']);
  });

  it('goes on for who came after one who leaves twice', async () => {
    const gone = watched();
    gone.leave();
    const { told } = watched();
    gone.leave();
    await vi.advanceTimersByTimeAsync(10);
    state = 'open';
    boards.changed('r-1');
    await vi.advanceTimersByTimeAsync(200);
    expect(told).toEqual(['r-1 empty', 'r-1 open']);
  });

  it('reads once for all who watch, and tells none of them the same twice', async () => {
    const [one, two] = [watched(), watched()];
    await vi.advanceTimersByTimeAsync(200);
    boards.changed('r-1');
    await vi.advanceTimersByTimeAsync(200);
    expect(reads).toBe(2);
    expect([one.told, two.told]).toEqual([['r-1 empty'], ['r-1 empty']]);
  });

  it('reads again after a change that came while it read', async () => {
    const { told } = watched();
    await vi.advanceTimersByTimeAsync(5);
    state = 'changed';
    boards.changed('r-1');
    await vi.advanceTimersByTimeAsync(110);
    expect(told).toEqual(['r-1 empty', 'r-1 changed']);
  });

  it('begins no two reads within the gap, however many changes there are', async () => {
    const { told } = watched();
    await vi.advanceTimersByTimeAsync(10);
    for (let at = 0; at < 100; at += 1) {
      state = `change ${at}`;
      boards.changed('r-1');
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(110);
    expect(reads).toBeLessThanOrEqual(12);
    expect(told.at(-1)).toBe('r-1 change 99');
  });

  it('does not read what nobody watches', async () => {
    const { leave } = watched();
    await vi.advanceTimersByTimeAsync(200);
    leave();
    boards.changed('r-1');
    boards.changed('r-2');
    boards.changed();
    await vi.advanceTimersByTimeAsync(200);
    expect(reads).toBe(1);
  });

  it('reads every board again when anything may have changed', async () => {
    const [one, two] = [watched('r-1'), watched('r-2')];
    await vi.advanceTimersByTimeAsync(200);
    state = 'changed';
    boards.changed();
    await vi.advanceTimersByTimeAsync(110);
    expect([one.told.at(-1), two.told.at(-1)]).toEqual(['r-1 changed', 'r-2 changed']);
  });

  it('tries again after a read that failed, for as long as somebody watches', async () => {
    fails = true;
    const { told } = watched();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(errors).toHaveLength(2);
    fails = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual(['r-1 empty']);
  });
});
