import { z } from 'zod';

/** The versions that a command may meet; `any` is `If-Match: *`. */
export type Expectation = { any: true } | { any: false; versions: ReadonlySet<string> };

const tag = /(W\/)?"([\u0021\u0023-\u007e\u0080-\u00ff]*)"/u;
const tags = new RegExp(`^\\s*(?:${tag.source})(?:\\s*,\\s*(?:${tag.source}))*\\s*$`, 'u');

/** RFC 9110, 13.1.1: compared strongly, so a weak tag is well formed and matches nothing. */
export const ifMatchField = z
  .string()
  .refine((text) => text.trim() === '*' || tags.test(text), 'must be * or a list of entity tags such as "3"')
  .transform((text): Expectation => {
    if (text.trim() === '*') return { any: true };
    const strong = [...text.matchAll(new RegExp(tag.source, 'gu'))].filter(([, weak]) => weak === undefined);
    return { any: false, versions: new Set(strong.map(([, , opaque]) => opaque ?? '')) };
  })
  .meta({ description: 'The version(s) the order must be at, else 412; * means that the order exists' });

export const isExpected = (expectation: Expectation, version: number): boolean =>
  expectation.any || expectation.versions.has(String(version));
