import { createHash } from 'node:crypto';

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'doc');
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, canonical(item)]));
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * SHA-256 (hex) of a schema's JSON without docs and with sorted keys. Unlike Avro's parsing canonical form it keeps
 * defaults, logical types and schemaVersion: a change of any of those is a new version of the contract, a reworded
 * doc is not.
 */
export const fingerprint = (schema: unknown): string => sha256(JSON.stringify(canonical(schema)));
