import { spawnSync } from 'node:child_process';
import { findJava, oldestJava } from '../src/java/find-java.mjs';

const verbsWithStack = new Set(['start', 'up', 'demo', 'load', 'campaign']);
const filesWithoutStack = new Set(['test/check.ts', 'test/security/run.ts']);

/** Whether these words of a command line are going to start the stack. */
export const needsStack = ([verb, file, ...words]) => {
  if (verb === 'run') return !filesWithoutStack.has(file);
  const isElsewhere = verb === 'load' && [file, ...words].some((word) => word?.startsWith('--command-url'));
  return verbsWithStack.has(verb) && file !== '--help' && !isElsewhere;
};

const testProjects = new Set(['unit', 'integration', 'pipeline', 'campaign']);

/** Whether these words of a command line are going to run the consumers under examples, one of which is in Python. */
export const needsPython = ([verb, file, ...words]) => {
  if (verb !== 'run' || file !== 'test/run.ts') return false;
  return words.includes('pipeline') || !words.some((word) => testProjects.has(word));
};

/** Throws with what to install when the machine has no Python that can make an environment of its own. */
export const assertPython = (machine = thisMachine) => {
  if (machine.hasPython()) return;
  throw new Error(
    [
      'The tests cannot run on this machine yet; nothing has been changed.',
      '  Python 3.9 or later (python3) with venv is needed: one of the consumers under examples is written in it.',
      '    Debian, Ubuntu   sudo apt-get install python3-venv',
      '    Fedora           sudo dnf install python3',
      '    macOS            brew install python3',
      'Tests without it: npm test -- unit, npm test -- integration.',
    ].join('\n'),
  );
};

/**
 * What the servers will run on: `native`, `docker` or `external`. ORDERLINE_STACK says, or it is native where Java and Maven
 * are, else docker where its engine answers. Throws with what to install when the machine has not got it.
 */
export const chooseStack = async (env, machine = thisMachine) => {
  const wanted = env.ORDERLINE_STACK || undefined;
  if (wanted === 'external') return wanted;
  if (wanted !== undefined && wanted !== 'native' && wanted !== 'docker') {
    throw new Error(`ORDERLINE_STACK is native, docker or external, not ${wanted}.`);
  }
  const noNative = wanted === 'docker' ? undefined : await machine.whyNotNative(env);
  if (wanted !== 'docker' && noNative === undefined) return 'native';
  const noDocker = wanted === 'native' ? undefined : machine.whyNotDocker();
  if (wanted !== 'native' && noDocker === undefined) return 'docker';
  throw new Error(whatToInstall(noNative, noDocker));
};

const whatToInstall = (noNative, noDocker) =>
  [
    'The stack cannot run on this machine yet; nothing has been changed.',
    ...(noNative === undefined ? [] : [`  Without Docker: ${noNative}`, ...installLines(noNative)]),
    ...(noDocker === undefined
      ? []
      : [`  With Docker: ${noDocker}`, '    Docker Engine with Compose v2: https://docs.docker.com/engine/install/']),
    ...(noNative !== undefined && noDocker !== undefined ? ['Either of the two is enough.'] : []),
  ].join('\n');

const installLines = (missing) => {
  const java = missing.includes('Java');
  const maven = missing.includes('Maven');
  const pick = (javaPackage, mavenPackage) => [java && javaPackage, maven && mavenPackage].filter(Boolean).join(' ');
  return [
    `    Debian, Ubuntu   sudo apt-get install ${pick(`openjdk-${oldestJava}-jdk-headless`, 'maven')}`,
    `    Fedora           sudo dnf install ${pick(`java-${oldestJava}-openjdk-headless`, 'maven')}`,
    `    macOS            brew install ${pick('openjdk', 'maven')}`,
  ];
};

// Debian has venv without ensurepip, which fails halfway, unless python3-venv is installed.
const pythonWithVenv = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';

const thisMachine = {
  hasPython: () => runs('python3', '-c', pythonWithVenv),
  whyNotNative: async (env) => {
    const missing = [];
    await findJava(env).catch((error) => missing.push(error.message));
    if (!runs('mvn', '--version')) missing.push('Maven (mvn) is needed.');
    return missing.length === 0 ? undefined : missing.join(' ');
  },
  whyNotDocker: () => {
    if (!runs('docker', '--version')) return 'docker is not installed.';
    if (!runs('docker', 'compose', 'version')) return "Docker's Compose plug-in is not installed.";
    return runs('docker', 'info') ? undefined : "Docker's engine does not answer; is it started?";
  },
};

const runs = (...[command, ...args]) => spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
