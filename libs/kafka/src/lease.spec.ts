import { expect, it } from 'vitest';
import { createLease } from './lease.ts';

it('counts a membership only for a while after it was last confirmed', () => {
  let now = 0;
  const lease = createLease(4_500, () => now);
  expect(lease.isHeld()).toBe(false);
  lease.renew();
  now = 4_499;
  expect(lease.isHeld()).toBe(true);
  now = 4_500;
  expect(lease.isHeld()).toBe(false);
  lease.renew();
  expect(lease.isHeld()).toBe(true);
});
