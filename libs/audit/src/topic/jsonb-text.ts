/** Keys as jsonb keeps them: the shorter first, then by their bytes. */
const jsonbOrder = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

const sortedKeys = new Map<string, readonly string[]>();

/** Sorting is remembered by the names in the order they came: a schema always has the same. */
const keysOf = (value: Readonly<Record<string, unknown>>): readonly string[] => {
  const keys = Object.keys(value);
  const names = keys.join();
  const known = sortedKeys.get(names);
  if (known !== undefined) return known;
  const sorted = keys.sort(jsonbOrder);
  sortedKeys.set(names, sorted);
  return sorted;
};

/** A value as PostgreSQL prints it once it is jsonb. Field names are ASCII, numbers whole. */
export const jsonbText = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  return `{${keysOf(fields)
    .map((key) => `"${key}": ${jsonbText(fields[key])}`)
    .join(', ')}}`;
};
