import type { Explanation } from './explain-blame.ts';

/** Something that differs between what was published and what is to be. */
export type ContractChange =
  | (Explanation & {
      readonly breaking: true;
      readonly type: string;
      /** The field, as in `items[].quantity`; empty for the record itself. */
      readonly path: string;
      /** The published versions of the type that it breaks with. */
      readonly versions: readonly number[];
      /** No reader refuses anything: who reads the field gets a wrong value. Otherwise no event can be decoded. */
      readonly silent: boolean;
    })
  | { readonly breaking: false; readonly type: string; readonly path: string; readonly what: string };

export type BreakingChange = Extract<ContractChange, { breaking: true }>;
