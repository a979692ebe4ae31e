import type { Personal } from './generated/events.ts';

/** Wraps readable text in the envelope that personal fields travel and rest in. */
export function personal(text: string): Personal;
export function personal(text: string | null): Personal | null;
export function personal(text: string | null): Personal | null {
  return text === null ? null : { keyId: null, value: Buffer.from(text, 'utf8') };
}

/** The text of a personal field; null where there is none, and where it is hidden behind a key. */
export const personalText = (field: Personal | null): string | null =>
  field?.keyId === null ? field.value.toString('utf8') : null;
