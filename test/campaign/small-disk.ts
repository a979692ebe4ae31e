import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const sizeBytes = 4 * 2 ** 30;
const marginBytes = 64 * 2 ** 20;

/** A file system of its own for a folder, in a file beside it: it can be filled without harm to anybody else. */
export type SmallDisk = {
  /** Leaves no byte free. */
  readonly fill: () => void;
  readonly empty: () => void;
  readonly unmount: () => void;
};

/** Undefined where this machine or account cannot mount one: it takes root, loop devices and mkfs.ext4. */
export const mountSmallDisk = (folder: string): SmallDisk | undefined => {
  const image = `${folder}.disk`;
  const filler = join(folder, 'filler');
  try {
    mkdirSync(folder, { recursive: true });
    const file = openSync(image, 'w');
    ftruncateSync(file, sizeBytes);
    closeSync(file);
    execFileSync('mkfs.ext4', ['-q', '-m', '0', image], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop', image, folder], { stdio: 'ignore' });
  } catch {
    rmSync(image, { force: true });
    return undefined;
  }
  return {
    fill: () => {
      const { bavail, bsize } = statfsSync(folder);
      // What the file system needs for itself to hold so large a file, it does not tell.
      execFileSync('fallocate', ['-l', String(bavail * bsize - marginBytes), filler], { stdio: 'ignore' });
      fillToTheLast(filler);
    },
    empty: () => rmSync(filler, { force: true }),
    unmount: () => unmountSmallDisk(folder),
  };
};

/** Also of a run that was killed. Nothing may use the folder any more. */
export const unmountSmallDisk = (folder: string): void => {
  if (isMounted(folder)) execFileSync('umount', [folder], { stdio: 'ignore' });
  rmSync(`${folder}.disk`, { force: true });
};

const fillToTheLast = (file: string): void => {
  const piece = Buffer.alloc(64 * 1_024);
  for (let written = 0; written < 2 * marginBytes; written += piece.length) {
    try {
      appendFileSync(file, piece);
    } catch {
      return; // no space left on device
    }
  }
};

const isMounted = (folder: string): boolean =>
  existsSync(dirname(folder)) &&
  existsSync('/proc/self/mounts') &&
  readFileSync('/proc/self/mounts', 'utf8').includes(` ${folder} `);
