import type { Column, ColumnType, Json } from '../define/table.ts';

/**
 * The text form of a PostgreSQL array of one value per item: as a parameter it costs a fraction of what the driver's own
 * conversion or JSON would for thousands of rows. Anything a value may hold is escaped.
 */
export const arrayLiteral = <T>(column: Column, items: readonly T[], of: (item: T) => Json | undefined): string => {
  const encode = encoders[column.endsWith('?') ? (column.slice(0, -1) as ColumnType) : (column as ColumnType)];
  let text = '{';
  for (const item of items) {
    const value = of(item);
    text += value === null || value === undefined ? 'NULL,' : `${encode(value)},`;
  }
  return items.length === 0 ? '{}' : `${text.slice(0, -1)}}`;
};

const quote = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`;
const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
const asQuoted = (value: Json): string => quote(textOf(value));
const asNumber = (value: Json): string => (typeof value === 'number' ? String(value) : asQuoted(value));

const encoders: Readonly<Record<ColumnType, (value: Json) => string>> = {
  uuid: asQuoted,
  text: asQuoted,
  date: asQuoted,
  integer: asNumber,
  bigint: asNumber,
  boolean: (value) => (typeof value === 'boolean' ? String(value) : asQuoted(value)),
  timestamptz: (value) => (typeof value === 'number' ? new Date(value).toISOString() : asQuoted(value)),
  jsonb: (value) => quote(JSON.stringify(value)),
};
