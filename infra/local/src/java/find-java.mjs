import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

// Plain JavaScript, typed by find-java.d.mts: bootstrap.mjs needs it before anything is installed.
const run = promisify(execFile);
export const oldestJava = 21;

/** Folders whose sub-folders are JDKs, by habit of the systems and of the usual installers. */
const jdkFolders = ['/usr/lib/jvm', '/usr/java', '/opt', '/opt/java', '/Library/Java/JavaVirtualMachines'];
const ownJdkFolders = ['.sdkman/candidates/java', '.jdks', '.asdf/installs/java', '.local/share/mise/installs/java'];

export const findJava = async (env, folders = usualFolders(env)) => {
  const found = (await Promise.all(candidates(env, folders).map(inspect))).filter((one) => one !== undefined);
  const java = newestJava(found);
  if (java !== undefined) return java;
  const seen = found.map(({ version, home }) => `${version} in ${home}`).join(', ');
  throw new Error(`Java ${oldestJava} or later is needed (found ${seen === '' ? 'none' : seen}).`);
};

export const newestJava = (found) =>
  found
    .filter(({ version }) => version >= oldestJava)
    .reduce((best, one) => (best === undefined || one.version > best.version ? one : best), undefined);

export const parseJavaVersion = (printed) => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/u.exec(printed) ?? [];
  if (first === undefined) return undefined;
  return Number(first === '1' ? second : first);
};

const usualFolders = (env) => [...jdkFolders, ...ownJdkFolders.map((folder) => join(env.HOME ?? '/', folder))];

const candidates = (env, folders) => {
  const named = env.JAVA_HOME === undefined ? [] : [join(env.JAVA_HOME, 'bin', 'java')];
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'java'));
  const installed = folders.flatMap((folder) =>
    list(folder).flatMap((name) => [
      join(folder, name, 'bin', 'java'),
      join(folder, name, 'Contents', 'Home', 'bin', 'java'),
    ]),
  );
  const there = [...named, ...onPath, ...installed].filter((path) => existsSync(path));
  return [...new Set(there.map((path) => realpathSync(path)))];
};

const list = (folder) => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

const inspect = async (executable) => {
  try {
    const { stderr, stdout } = await run(executable, ['-version'], { timeout: 10_000 });
    const version = parseJavaVersion(stderr + stdout);
    return version === undefined ? undefined : { executable, version, home: join(executable, '..', '..') };
  } catch {
    return undefined;
  }
};
