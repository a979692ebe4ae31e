import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export type Java = { readonly home: string; readonly executable: string; readonly version: number };

const run = promisify(execFile);
export const oldestJava = 21;

/** Folders whose sub-folders are JDKs, by habit of the systems and of the usual installers. */
const jdkFolders = ['/usr/lib/jvm', '/usr/java', '/opt', '/opt/java', '/Library/Java/JavaVirtualMachines'];
const ownJdkFolders = ['.sdkman/candidates/java', '.jdks', '.asdf/installs/java', '.local/share/mise/installs/java'];

/**
 * The newest Java that is 21 or later among JAVA_HOME, PATH and the usual JDK folders; of equals, the first in that order.
 * Throws, saying what was found instead, when there is none.
 */
export const findJava = async (env: NodeJS.ProcessEnv): Promise<Java> => {
  const found = await Promise.all(candidates(env).map(inspect));
  const java = newestJava(found.filter((one) => one !== undefined));
  if (java !== undefined) return java;
  const seen = found.map((one) => one && `${one.version} in ${one.home}`).filter(Boolean);
  throw new Error(`Java ${oldestJava} or later is needed (found ${seen.length > 0 ? seen.join(', ') : 'none'}).`);
};

export const newestJava = (found: readonly Java[]): Java | undefined =>
  found
    .filter(({ version }) => version >= oldestJava)
    .reduce<Java | undefined>(
      (best, one) => (best === undefined || one.version > best.version ? one : best),
      undefined,
    );

/** The feature version in what `java -version` prints: 25 for "25.0.2", 8 for "1.8.0_392". */
export const parseJavaVersion = (printed: string): number | undefined => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/u.exec(printed) ?? [];
  if (first === undefined) return undefined;
  return first === '1' ? Number(second) : Number(first);
};

const candidates = (env: NodeJS.ProcessEnv): string[] => {
  const named = env['JAVA_HOME'] === undefined ? [] : [join(env['JAVA_HOME'], 'bin', 'java')];
  const onPath = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'java'));
  const folders = [...jdkFolders, ...ownJdkFolders.map((folder) => join(env['HOME'] ?? '/', folder))];
  const installed = folders.flatMap((folder) =>
    list(folder).flatMap((name) => [
      join(folder, name, 'bin', 'java'),
      join(folder, name, 'Contents', 'Home', 'bin', 'java'),
    ]),
  );
  const real = [...named, ...onPath, ...installed].filter((path) => existsSync(path)).map((path) => realpathSync(path));
  return [...new Set(real)];
};

const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

const inspect = async (executable: string): Promise<Java | undefined> => {
  try {
    const { stderr, stdout } = await run(executable, ['-version'], { timeout: 10_000 });
    const version = parseJavaVersion(stderr + stdout);
    return version === undefined ? undefined : { executable, version, home: join(executable, '..', '..') };
  } catch {
    return undefined;
  }
};
