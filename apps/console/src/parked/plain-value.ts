import type { Personal } from '@orderline/contracts';
import { personalText } from '@orderline/contracts';

/** A decoded event as JSON: personal fields as their text, or null where a key hides it; other bytes as base64. */
export const plainValue = (value: unknown): unknown => {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  if (isPersonal(value)) return value.keyId === null ? personalText(value) : null;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainValue(inner)]));
};

const isPersonal = (value: object): value is Personal =>
  'keyId' in value && 'value' in value && Buffer.isBuffer(value.value);
