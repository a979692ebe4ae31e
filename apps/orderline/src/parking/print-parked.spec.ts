import { describe, expect, it } from 'vitest';
import type { Parked } from './parked-orders.ts';
import { printParked, printParkedOrder, printReleased } from './print-parked.ts';

const parked = (since: string, projection: string, changes: Partial<Parked> = {}): Parked => ({
  ...{ orderId: 'o-1', projection, version: 3, reason: 'no such row', since, waiting: 2, partition: 4, offset: 17 },
  ...changes,
});

describe('parked orders on the screen', () => {
  it('are listed newest first, from all projections', () => {
    const [, , ...lines] = printParked([
      parked('2026-01-15T14:00:00.000Z', 'order-summary'),
      parked('2026-01-15T15:00:00.000Z', 'revenue', { reason: 'x'.repeat(500), version: 0 }),
    ]).split('\n');
    expect(lines[0]).toMatch(/^o-1 +revenue +an event without a version +2026-01-15T15.* 2 +x{100}…$/u);
    expect(lines[1]).toMatch(/^o-1 +order-summary +v3 +2026-01-15T14.* 2 +no such row$/u);
    expect(printParked([])).toBe('Nothing is parked.');
  });

  it('are shown with the reason, the record and what can be done', () => {
    const text = printParkedOrder('o-1', [parked('2026-01-15T14:00:00.000Z', 'order-summary', { waiting: 1 })]);
    expect(text).toContain('order-summary: v3 could not be applied');
    expect(text).toContain('partition 4, offset 17');
    expect(text).toContain('1 later event, in order');
    expect(text).toContain('parked retry o-1 --dry-run');
  });

  it('tell what a retry did, or would do', () => {
    const released = { projection: 'order-summary', generation: 1, applied: 3, duplicates: 0, parked: 0 };
    expect(printReleased([released], false)).toBe('order-summary, generation 1: 3 applied; nothing stays parked');
    expect(printReleased([{ ...released, duplicates: 1, parked: 2 }], true)).toBe(
      'order-summary, generation 1: 3 applied, 1 passed over as applied before; 2 stay parked, see `parked show` for the reason\n' +
        'Dry run: nothing was changed.',
    );
  });
});
