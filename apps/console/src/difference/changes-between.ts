import type { Change } from '../shapes.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What differs between two JSON values, leaf by leaf, in the order of `after`'s fields, then those that are gone. Things of a
 * list that have a name of their own (an item's sku, a field's name) are compared by it, others by their place.
 */
export const changesBetween = (before: unknown, after: unknown, path = ''): Change[] => {
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  if (left === undefined && right === undefined) return isSame(before, after) ? [] : [changeAt(path, before, after)];
  if (isLeaf(before) || isLeaf(after)) return [changeAt(path, before, after)];
  const names = new Set([...Object.keys(right ?? {}), ...Object.keys(left ?? {})]);
  return [...names].flatMap((name) => changesBetween(left?.[name], right?.[name], `${path}/${escaped(name)}`));
};

const isLeaf = (value: unknown): boolean => !isNothing(value) && fieldsOf(value) === undefined;
const isNothing = (value: unknown): boolean => value === undefined || value === null;
const isSame = (one: unknown, other: unknown): boolean => one === other || (isNothing(one) && isNothing(other));

const changeAt = (path: string, before: unknown, after: unknown): Change => ({
  path: path === '' ? '/' : path,
  ...(!isNothing(before) && { before }),
  ...(!isNothing(after) && { after }),
});

/** Of JSON pointers. */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const fieldsOf = (value: unknown): Fields | undefined => {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, at) => [nameOf(item) ?? String(at), item]));
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
};

const nameOf = (item: unknown): string | undefined => {
  if (typeof item !== 'object' || item === null) return undefined;
  const { sku, name } = item as { sku?: unknown; name?: unknown };
  return typeof sku === 'string' ? sku : typeof name === 'string' ? name : undefined;
};
