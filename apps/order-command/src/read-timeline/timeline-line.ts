import type { EventAnswer } from '../reading/event-answer.ts';

/** Control and direction characters that JSON leaves as they are and that a terminal would obey. */
const obeyed = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** `v2  2026-01-15T14:05:00.120Z  OrderConfirmed  {…}  by restaurant:r-7`, the instant being when it was recorded. */
export const timelineLine = ({ version, recordedAt, type, data, actor }: EventAnswer): string => {
  const shown = JSON.stringify(data).replace(
    obeyed,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `v${version}  ${recordedAt}  ${type}  ${shown}  by ${actor.role}:${actor.id}`;
};
