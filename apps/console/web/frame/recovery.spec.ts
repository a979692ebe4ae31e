import { describe, expect, it } from 'vitest';
import { isBack, standingOf } from './recovery.ts';

const up = { isConnected: true, down: [] };
const without = (...down: string[]) => ({ isConnected: true, down });
const lost = { isConnected: false, down: [] };

describe('what was missing is asked for again', () => {
  it('when a part is back', () => {
    expect(isBack(without('Kafka', 'analytics'), without('Kafka'))).toBe(true);
  });

  it('when the console itself is back', () => {
    expect(isBack(lost, up)).toBe(true);
  });

  it('but not while nothing has come back, or more is away', () => {
    expect(isBack(up, up)).toBe(false);
    expect(isBack(without('Kafka'), without('Kafka', 'analytics'))).toBe(false);
    expect(isBack(up, lost)).toBe(false);
    expect(isBack(without('Kafka'), lost)).toBe(false);
  });

  it('and not because the stream opens for the first time', () => {
    expect(isBack(standingOf({ connection: 'opening', pipeline: null }), up)).toBe(false);
  });
});
