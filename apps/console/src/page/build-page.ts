import { execFile } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourcesDigest } from './sources-digest.ts';

export const home = fileURLToPath(new URL('../..', import.meta.url));
export const builtFolder = join(home, 'dist-web');
const digestFile = '.sources';

/** Builds the page where it is missing or made of other sources. Answers whether it had to; two may do so at once. */
export const buildPage = async (): Promise<boolean> => {
  const wanted = await sourcesDigest(home);
  const built = await readFile(join(builtFolder, digestFile), 'utf8').catch(() => undefined);
  if (built === wanted) return false;
  // Beside dist-web, so that it can take its place in one step.
  const fresh = join(home, 'dist', `page-${process.pid}-${Date.now()}`);
  await runVite(fresh);
  await writeFile(join(fresh, digestFile), wanted);
  await takePlace(fresh);
  return true;
};

/** In a process of its own: what a build takes in memory is given back. */
const runVite = async (folder: string): Promise<void> => {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const args = [vite, 'build', '--config', join(home, 'vite.config.ts'), '--outDir', folder, '--logLevel', 'warn'];
  await promisify(execFile)(process.execPath, args, { cwd: home });
};

const takePlace = async (fresh: string): Promise<void> => {
  const former = `${fresh}-former`;
  await rename(builtFolder, former).catch(only('ENOENT'));
  // Another one may have been faster, with the same sources.
  await rename(fresh, builtFolder).catch(only('ENOTEMPTY'));
  await Promise.all([fresh, former].map((folder) => rm(folder, { recursive: true, force: true })));
};

const only =
  (code: string) =>
  (error: unknown): void => {
    if ((error as NodeJS.ErrnoException).code !== code) throw error;
  };
