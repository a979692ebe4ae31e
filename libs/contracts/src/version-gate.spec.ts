import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVersionGate, judgeVersion, type Place } from './version-gate.ts';

const place = (version: number, eventId = `e-${version}`): Place => ({ version, eventId });

describe('the version gate', () => {
  it.each([
    ['the first event of an order', undefined, place(1), 'apply'],
    ['the next', place(3), place(4), 'apply'],
    ['the same again', place(3), place(3), 'duplicate'],
    ['an older one', place(3), place(1), 'duplicate'],
    ['another event at the version reached', place(3), place(3, 'other'), 'divergence'],
    ['one too far', place(3), place(5), 'gap'],
    ['an order that does not begin with its first event', undefined, place(2), 'gap'],
  ] as const)('says of %s what to do', (_, last, arrival, verdict) => {
    expect(judgeVersion(last, arrival)).toBe(verdict);
  });

  it('keeps orders apart, and goes on where it was left', () => {
    const gate = createVersionGate([['a', place(2)]]);
    expect([gate.pass('a', place(3)), gate.pass('b', place(1)), gate.pass('a', place(3))]).toEqual([
      'apply',
      'apply',
      'duplicate',
    ]);
    expect([gate.lastOf('a'), gate.lastOf('b'), gate.lastOf('c')]).toEqual([place(3), place(1), undefined]);
  });

  it('remembers nothing that was not to be applied', () => {
    const gate = createVersionGate();
    expect([gate.pass('a', place(2)), gate.pass('a', place(1)), gate.pass('a', place(2))]).toEqual([
      'gap',
      'apply',
      'apply',
    ]);
  });

  it('applies every version once and in order, however often a relay goes back and sends again', () => {
    const goingBack = fc.array(fc.nat(9), { maxLength: 5 });
    fc.assert(
      fc.property(goingBack, (restarts) => {
        const gate = createVersionGate();
        const life = Array.from({ length: 10 }, (_, index) => place(index + 1));
        const sent = [...restarts.flatMap((to) => life.slice(0, to)), ...life];
        const applied = sent.filter((arrival) => gate.pass('a', arrival) === 'apply');
        return applied.map(({ version }) => version).join() === '1,2,3,4,5,6,7,8,9,10';
      }),
    );
  });
});
