import { readFileSync, writeFileSync } from 'node:fs';

/** Puts the text of a run between the marks that a document has for it; throws where they are missing. */
export const documentRun = (document: string, run: string, text: string): void => {
  const begin = `<!-- campaign:begin ${run} -->`;
  const end = `<!-- campaign:end ${run} -->`;
  const before = readFileSync(document, 'utf8');
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${document} has no ${begin} … ${end}`);
  writeFileSync(document, `${before.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${before.slice(to)}`);
};
