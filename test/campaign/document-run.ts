import { readFileSync, writeFileSync } from 'node:fs';

const begin = '<!-- campaign:begin -->';
const end = '<!-- campaign:end -->';

/** Puts the text of a run between the marks of a document; throws where they are missing. */
export const documentRun = (document: string, text: string): void => {
  const before = readFileSync(document, 'utf8');
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${document} has no ${begin} … ${end}`);
  writeFileSync(document, `${before.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${before.slice(to)}`);
};
