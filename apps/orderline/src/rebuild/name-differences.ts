import { table } from '../screen/table.ts';
import type { Comparison, Difference } from './projection-routes.ts';

const longest = 60;

/** What differs, a line per row, with the event that last moved the row's order. Says how many more there are. */
export const nameDifferences = ({ differing, differences }: Comparison): string => {
  const lines = table(
    ['row', 'serving → rebuilt', 'last event'],
    differences.map((difference) => [keyOf(difference), changesOf(difference), eventOf(difference)]),
  );
  const more = differing - differences.length;
  return more > 0 ? `${lines}\nand ${more} more` : lines;
};

const keyOf = ({ key }: Difference): string =>
  Object.entries(key)
    .map(([field, value]) => `${field} ${String(value)}`)
    .join(', ');

const changesOf = ({ key, serving, candidate }: Difference): string => {
  if (serving === null) return 'missing → there';
  if (candidate === null) return 'there → missing';
  return Object.keys(serving)
    .filter((column) => !(column in key) && JSON.stringify(serving[column]) !== JSON.stringify(candidate[column]))
    .map((column) => `${column}: ${shown(serving[column])} → ${shown(candidate[column])}`)
    .join(', ');
};

const shown = (value: unknown): string => {
  const text = JSON.stringify(value ?? null);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/** A row that many orders share has no one event behind it. */
const eventOf = ({ orderVersion, eventId }: Difference): string =>
  orderVersion === null ? 'of several orders' : `v${orderVersion} ${eventId ?? ''}`.trimEnd();
