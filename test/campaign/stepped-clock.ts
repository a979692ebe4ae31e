import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian and its kin put libfaketime. */
const places = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((machine) => `/usr/lib/${machine}/faketime`);

/** The clock of single parts, as they see it; the machine's own is not touched. */
export type SteppedClock = {
  /** What a part that is to see it has in its environment. */
  readonly envOf: (part: string) => Readonly<Record<string, string>>;
  readonly step: (part: string, seconds: number) => void;
};

/** By libfaketime, which is preloaded; undefined where it is not installed. Monotonic clocks go on as they are. */
export const steppedClock = (folder: string): SteppedClock | undefined => {
  const place = places.find((one) => existsSync(join(one, 'libfaketimeMT.so.1')));
  if (place === undefined) return undefined;
  const fileOf = (part: string): string => join(folder, `clock-of-${part}`);
  const step = (part: string, seconds: number): void =>
    writeFileSync(fileOf(part), `${seconds < 0 ? '' : '+'}${seconds}`);
  return {
    envOf: (part) => {
      mkdirSync(folder, { recursive: true });
      step(part, 0);
      return {
        LD_PRELOAD: join(place, 'libfaketimeMT.so.1'),
        FAKETIME_TIMESTAMP_FILE: fileOf(part),
        FAKETIME_CACHE_DURATION: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      };
    },
    step,
  };
};
