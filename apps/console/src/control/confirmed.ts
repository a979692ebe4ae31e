import { invalidRequest } from '@orderline/service-host';

/** Throws `invalid_request` unless the person has typed what the step is about to be done to. */
export const assertConfirmed = (typed: string | undefined, expected: string): void => {
  if (typed === expected) return;
  throw invalidRequest([{ path: '/confirm', message: `must be ${expected}, typed as it is` }]);
};
