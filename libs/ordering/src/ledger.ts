/**
 * Entries with a unique reference, oldest first, in pages. A ledger is plain JSON and never written to; adding an
 * entry copies one page and the list of pages, so ten thousand payments fold in milliseconds where one flat list or
 * record, copied for each, takes seconds.
 */
export type Ledger<Entry extends { readonly reference: string }> = readonly (readonly Entry[])[];

const pageSize = 128;

export const withEntry = <Entry extends { readonly reference: string }>(
  ledger: Ledger<Entry>,
  entry: Entry,
): Ledger<Entry> => {
  const last = ledger.at(-1);
  if (last === undefined || last.length >= pageSize) return [...ledger, [entry]];
  return ledger.with(-1, [...last, entry]);
};

export const findByReference = <Entry extends { readonly reference: string }>(
  ledger: Ledger<Entry>,
  reference: string,
): Entry | undefined => {
  for (const page of ledger) {
    const found = page.find((entry) => entry.reference === reference);
    if (found !== undefined) return found;
  }
  return undefined;
};
