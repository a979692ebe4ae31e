import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Of everything that the page is made of: the files below `home`/web, how they are built, and with which libraries. */
export const sourcesDigest = async (home: string): Promise<string> => {
  const found = await readdir(join(home, 'web'), { recursive: true, withFileTypes: true });
  const below = found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const digest = createHash('sha256');
  for (const file of [join(home, 'vite.config.ts'), join(home, 'package.json'), ...below].toSorted()) {
    digest
      .update(relative(home, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return digest.digest('hex');
};
