import { describe, expect, it } from 'vitest';
import { again, confirm, post, refused } from '../lives/step.ts';
import { isAsExpected } from './is-as-expected.ts';
import type { Sent } from './send-command.ts';

const at = (version: number): Sent => ({ outcome: 'accepted', status: 200, version });
const no = (code: string): Sent => ({ outcome: 'refused', status: 409, code });

describe('an answer is as expected', () => {
  it('when it brings the order as far as the command does, no less and no further', () => {
    expect(isAsExpected(3, confirm, [at(4)])).toBe(true);
    expect(isAsExpected(3, confirm, [at(3)])).toBe(false);
    expect(isAsExpected(3, confirm, [at(5)])).toBe(false);
    expect(isAsExpected(3, confirm, [no('transition_refused')])).toBe(false);
  });

  it('when a repeat under the same key is answered with the version of the first', () => {
    expect(isAsExpected(4, again(confirm), [at(4)])).toBe(true);
    expect(isAsExpected(4, again(confirm), [at(5)])).toBe(false);
  });

  it('when what the rules forbid is refused with their code', () => {
    const late = refused('/cancel', 'refund_required');
    expect(isAsExpected(4, late, [no('refund_required')])).toBe(true);
    expect(isAsExpected(4, late, [no('transition_refused')])).toBe(false);
    expect(isAsExpected(4, late, [at(5)])).toBe(false);
  });

  it('when one of two at once comes first, and the other is refused or comes second', () => {
    const step = { ...post('/cancel'), rival: { ...confirm, refusal: 'transition_refused' } };
    expect(isAsExpected(1, step, [at(2), no('transition_refused')])).toBe(true);
    expect(isAsExpected(1, step, [at(3), at(2)])).toBe(true);
    expect(isAsExpected(1, step, [at(2), at(2)])).toBe(false);
    expect(isAsExpected(1, step, [at(2), at(3)])).toBe(false);
    expect(isAsExpected(1, step, [no('transition_refused'), at(2)])).toBe(false);
  });
});
