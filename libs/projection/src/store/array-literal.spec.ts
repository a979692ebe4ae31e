import { expect, it } from 'vitest';
import type { Column, Json } from '../define/table.ts';
import { arrayLiteral } from './array-literal.ts';

it.each<[string, Column, (Json | undefined)[], string]>([
  ['nothing', 'text', [], '{}'],
  ['text', 'text', ['a', 'b, c', '{}', 'NULL', ''], '{"a","b, c","{}","NULL",""}'],
  ['quotes and backslashes', 'text', ['say "hi"', 'C:\\'], '{"say \\"hi\\"","C:\\\\"}'],
  ['what is not there', 'text?', [null, undefined, 'x'], '{NULL,NULL,"x"}'],
  ['numbers', 'bigint', [1, -2, Number.MAX_SAFE_INTEGER], '{1,-2,9007199254740991}'],
  ['text where a number should be, for the database to refuse', 'integer', ['1,2'], '{"1,2"}'],
  ['booleans', 'boolean', [true, false], '{true,false}'],
  ['instants', 'timestamptz?', [1_768_485_600_250, null], '{2026-01-15T14:00:00.250Z,NULL}'],
  ['JSON', 'jsonb', [{ a: ['"'] }, 'text', 1], '{"{\\"a\\":[\\"\\\\\\"\\"]}","\\"text\\"","1"}'],
])('writes %s', (_, column, values, literal) => {
  expect(arrayLiteral(column, values, (value) => value)).toBe(literal);
});
