import { deepStrictEqual, fail } from 'node:assert/strict';

export type Decider<Command, Event, State> = {
  readonly decide: (command: Command, state: State | undefined) => readonly Event[];
  readonly evolve: (state: State | undefined, event: Event) => State;
};

type Outcome<Event> = {
  /** Exactly these events, in this order. */
  readonly then: (...expected: readonly Event[]) => void;
  readonly thenNothing: () => void;
  /** An error with this `code` was thrown. */
  readonly thenRejected: (code: string) => void;
};

export type DeciderSpecification<Command, Event> = {
  readonly given: (...history: readonly Event[]) => { readonly when: (command: Command) => Outcome<Event> };
};

const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/**
 * Sentences about a decider: `given(...events).when(command).then(...events)`, `.thenNothing()`, `.thenRejected(code)`.
 * Each fails with the difference. State, events and command are frozen, so a decider that writes to them fails as well.
 * (The form is that of Emmett's DeciderSpecification.)
 */
export const deciderSpecification = <Command, Event, State>({
  decide,
  evolve,
}: Decider<Command, Event, State>): DeciderSpecification<Command, Event> => ({
  given: (...history) => ({
    when: (command) => {
      const run = (): readonly Event[] => {
        const state = history.reduce<State | undefined>(
          (before, event) => deepFreeze(evolve(before, deepFreeze(event))),
          undefined,
        );
        return decide(deepFreeze(command), state);
      };
      return {
        then: (...expected) => deepStrictEqual(run(), expected),
        thenNothing: () => deepStrictEqual(run(), []),
        thenRejected: (code) => {
          let decided: readonly Event[];
          try {
            decided = run();
          } catch (error) {
            if (codeOf(error) === code) return;
            throw error;
          }
          fail(`expected a rejection with ${code}, decided ${JSON.stringify(decided)}`);
        },
      };
    },
  }),
});
