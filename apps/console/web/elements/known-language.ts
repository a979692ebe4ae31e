type Speaker = { readonly language: string };

/**
 * A browser of a machine without a desktop may name a language that Intl refuses (`en-US@posix`), and uPlot, which asks Intl
 * for it as soon as it is loaded, would fail with it. Then it is the one that the console is written in.
 */
export const withKnownLanguage = <Of extends Speaker>(speaker: Of): Of => {
  try {
    Intl.getCanonicalLocales(speaker.language);
  } catch {
    Object.defineProperty(speaker, 'language', { value: 'en-GB', configurable: true });
  }
  return speaker;
};
