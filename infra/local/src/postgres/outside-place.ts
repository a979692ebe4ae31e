import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

/**
 * A folder outside the clone, for what the unprivileged user cannot reach inside it. One per account, and refused when it
 * belongs to somebody else: its name can be guessed.
 */
export const outsidePlace = (...names: readonly string[]): string => {
  const account = process.getuid?.() ?? 0;
  const place = join('/var/tmp', `orderline-${account}`);
  mkdirSync(place, { recursive: true, mode: 0o755 });
  const { uid } = lstatSync(place);
  if (uid !== account || !lstatSync(place).isDirectory()) {
    throw new Error(`${place} belongs to another user; remove it, or put the clone where every user can pass through.`);
  }
  chmodSync(place, 0o755);
  return names.reduce((folder, name) => {
    const inner = join(folder, name);
    mkdirSync(inner, { recursive: true });
    chmodSync(inner, 0o755);
    return inner;
  }, place);
};

/** A short name for a path, the same each time. */
export const nameOfPath = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 12);
