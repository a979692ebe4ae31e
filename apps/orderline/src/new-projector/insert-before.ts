/** Puts `text` before the one place where `mark` is. Throws when it is not there exactly once. */
export const insertBefore = (content: string, mark: string, text: string): string => {
  const [before, after, ...more] = content.split(mark);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`there should be one place with ${JSON.stringify(mark)} in it.`);
  }
  return before + text + mark + after;
};
