import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const tailBytes = 16_384;

/** The last lines of a log file; none when it cannot be read. */
export const logTail = (file: string, lines = 15): string[] => {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const bytes = Buffer.alloc(Math.min(size, tailBytes));
      readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
      const text = bytes.toString('utf8').trimEnd();
      return text === '' ? [] : text.split('\n').slice(-lines);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return [];
  }
};
