import { describe, expect, it } from 'vitest';
import { withKnownLanguage } from './known-language.ts';

describe('the language that a chart asks Intl for', () => {
  it.each(['en-US@posix', ''])('is that of the console where the browser says "%s"', (language) => {
    const { language: known } = withKnownLanguage({ language });
    expect(known).toBe('en-GB');
    expect(() => new Intl.NumberFormat(known)).not.toThrow();
  });

  it('is the own one of a browser that has one', () => {
    expect(withKnownLanguage({ language: 'de-CH' }).language).toBe('de-CH');
  });
});
