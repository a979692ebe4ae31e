import { createHash } from 'node:crypto';
import { columnName, type Column, type Row, type Table } from '../define/table.ts';
import { arrayLiteral } from './array-literal.ts';

const names = new Map<string, string>();

/** A statement prepared once per connection and planned once: its name is a digest of its text. */
export const prepared = (text: string, values: unknown[]): { name: string; text: string; values: unknown[] } => {
  let name = names.get(text);
  if (name === undefined) {
    name = `kit_${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
    names.set(text, name);
  }
  return { name, text, values };
};

export const sqlType = (column: Column): string => column.replace('?', '');

/** `$1::uuid[], $2::text[]` for these fields of the table, numbered from 1. */
export const arrayParameters = (table: Table, fields: readonly string[]): string =>
  fields.map((field, at) => `$${at + 1}::${sqlType(columnOf(table, field))}[]`).join(', ');

export const arrayValues = (table: Table, fields: readonly string[], rows: readonly Row[]): string[] =>
  fields.map((field) => arrayLiteral(columnOf(table, field), rows, (row) => row[field]));

export const columnList = (fields: readonly string[], prefix = ''): string =>
  fields.map((field) => prefix + columnName(field)).join(', ');

/** Throws for a field that the table was not declared with. */
export const columnOf = (table: Table, field: string): Column => {
  const column = table.columns[field];
  if (column === undefined) throw new Error(`Table ${table.name} has no column for ${field}.`);
  return column;
};
