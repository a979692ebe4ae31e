import type { KnownTable } from './known-tables.ts';

export type ModelRow = Readonly<Record<string, string | number | null>>;

/** A row as the events make it and as it is shown; one of them may be missing. */
export type DifferingRow = { readonly expected: ModelRow | undefined; readonly shown: ModelRow | undefined };

/** A key that is shown twice differs too. */
export const differingRows = (
  { key, columns }: KnownTable,
  expected: readonly ModelRow[],
  shown: readonly ModelRow[],
): DifferingRow[] => {
  const keyOf = (row: ModelRow): string => key.map((name) => String(row[name])).join(' ');
  const found = new Map(shown.map((row) => [keyOf(row), row]));
  const again = shown.filter((row) => found.get(keyOf(row)) !== row);
  const rows: DifferingRow[] = [];
  for (const row of expected) {
    const other = found.get(keyOf(row));
    found.delete(keyOf(row));
    if (other === undefined || columns.some((name) => other[name] !== row[name])) {
      rows.push({ expected: row, shown: other });
    }
  }
  return [...rows, ...[...found.values(), ...again].map((row) => ({ expected: undefined, shown: row }))];
};
