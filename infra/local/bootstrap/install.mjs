import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Runs `npm ci` unless node_modules is what package-lock.json says. Only one runs at a time: others wait for it. */
export const installIfNeeded = async (repository) => {
  if (isInstalled(repository)) return;
  const release = await takeTurn(repository);
  try {
    if (isInstalled(repository)) return;
    console.log('Installing the packages of package-lock.json (npm ci); this takes about a minute.');
    await npmCi(repository);
  } finally {
    release();
  }
};

/**
 * npm notes what it has installed in node_modules/.package-lock.json, last of all. The install is right when that note and
 * package-lock.json agree on every package; only optional ones, which are for other machines, may be missing.
 */
export const isInstalled = (repository) => {
  const wanted = packagesOf(join(repository, 'package-lock.json'));
  const present = packagesOf(join(repository, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  const places = Object.keys(wanted).filter((place) => place.startsWith('node_modules/'));
  return places.every((place) =>
    present[place] === undefined ? wanted[place].optional === true : sameOf(present[place], wanted[place]),
  );
};

const sameOf = (one, other) =>
  one.version === other.version && one.integrity === other.integrity && one.link === other.link;

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** A folder is made by exactly one; one whose maker is dead is taken over. */
const takeTurn = async (repository) => {
  const turn = join(repository, '.orderline', 'install.lock');
  mkdirSync(join(repository, '.orderline'), { recursive: true });
  for (let told = false; ; await pause(250)) {
    try {
      mkdirSync(turn);
      writeFileSync(join(turn, 'pid'), String(process.pid));
      return () => rmSync(turn, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!makerLives(turn)) rmSync(turn, { recursive: true, force: true });
    else if (!told) console.log('Another command is installing the packages; waiting for it.');
    told = true;
  }
};

const makerLives = (turn) => {
  const file = join(turn, 'pid');
  if (!existsSync(file)) return Date.now() - (statSync(turn, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 10_000;
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const npmCi = (repository) =>
  new Promise((resolve, reject) => {
    const throughNpm = process.env.npm_execpath;
    const ci = ['ci', '--loglevel=error']; // also when npm was told to be silent: a failure must say why
    const [command, args] = throughNpm?.endsWith('.js') ? [process.execPath, [throughNpm, ...ci]] : ['npm', ci];
    const npm = spawn(command, args, { cwd: repository, stdio: 'inherit' });
    npm.on('error', reject);
    npm.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`npm ci ended with code ${String(code)}.`))));
  });
