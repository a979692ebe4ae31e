import { expect, it } from 'vitest';
import { judge } from './judge.ts';
import { untouchedGate } from './order-gate.ts';

const gate = (version: number, eventId: string | null, parked = false) => ({
  ...untouchedGate('o'),
  version,
  eventId,
  parked,
});
const event = (version: number, eventId = `e${version}`) => ({ version, eventId });

it.each([
  ['the first event of an order is next', untouchedGate('o'), event(1), 'next'],
  ['an order that does not begin at 1 has a gap', untouchedGate('o'), event(2), 'gap'],
  ['the very next version is next', gate(3, 'e3'), event(4), 'next'],
  ['a version left out is a gap', gate(3, 'e3'), event(5), 'gap'],
  ['the same event again is a duplicate', gate(3, 'e3'), event(3), 'duplicate'],
  ['an older version is a duplicate', gate(3, 'e3'), event(1), 'duplicate'],
  ['another event of the same version is a divergence', gate(3, 'e3'), event(3, 'other'), 'divergence'],
  ['whatever comes for a version discarded without an id is that one again', gate(3, null), event(3), 'duplicate'],
  ['the next of a parked order queues up', gate(3, 'e3', true), event(4), 'queue'],
  ['so does one from further ahead', gate(3, 'e3', true), event(9), 'queue'],
  ['a duplicate of a parked order is a duplicate', gate(3, 'e3', true), event(2), 'duplicate'],
  ['a divergence of a parked order is a divergence', gate(3, 'e3', true), event(3, 'other'), 'divergence'],
] as const)('%s', (_, state, arrival, verdict) => {
  expect(judge(state, arrival)).toBe(verdict);
});
