import { describe, expect, it } from 'vitest';
import { deciderSpecification } from './decider-specification.ts';

type Counted = { by: number };

class Refused extends Error {
  readonly code = 'too_far';
}

const { given } = deciderSpecification<Counted, Counted, { sum: number }>({
  decide: ({ by }, state) => {
    if (by > 9) throw new Refused();
    return state === undefined || by > 0 ? [{ by }] : [];
  },
  evolve: (state, { by }) => ({ sum: (state?.sum ?? 0) + by }),
});

describe('decider specification', () => {
  it('passes where the sentence is true', () => {
    given({ by: 1 }).when({ by: 2 }).then({ by: 2 });
    given({ by: 1 }).when({ by: 0 }).thenNothing();
    given({ by: 1 }).when({ by: 10 }).thenRejected('too_far');
  });

  it('fails where other events, some events or none were decided', () => {
    expect(() => given().when({ by: 2 }).then({ by: 3 })).toThrow('strictly deep-equal');
    expect(() => given().when({ by: 2 }).thenNothing()).toThrow('strictly deep-equal');
    expect(() => given({ by: 1 }).when({ by: 0 }).then({ by: 0 })).toThrow('strictly deep-equal');
  });

  it('fails where something was decided instead of a rejection, and says what', () =>
    expect(() => given().when({ by: 2 }).thenRejected('too_far')).toThrow('decided [{"by":2}]'));

  it('lets another error through', () => {
    expect(() => given().when({ by: 10 }).thenRejected('too_near')).toThrow(Refused);
    expect(() => given().when({ by: 10 }).thenNothing()).toThrow(Refused);
  });

  it('fails a decider that writes to its state or its command', () => {
    const careless = deciderSpecification<Counted, Counted, { sum: number }>({
      decide: (command, state) => {
        if (state !== undefined) state.sum = 0;
        command.by = 0;
        return [];
      },
      evolve: (state, { by }) => {
        if (state === undefined) return { sum: by };
        state.sum += by;
        return state;
      },
    });
    expect(() => careless.given().when({ by: 1 }).thenNothing()).toThrow('read only');
    expect(() => careless.given({ by: 1 }).when({ by: 1 }).thenNothing()).toThrow('read only');
    expect(() => careless.given({ by: 1 }, { by: 2 }).when({ by: 1 }).thenNothing()).toThrow('read only');
  });
});
