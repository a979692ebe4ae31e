import { readFileSync } from 'node:fs';

const settingsFile = new URL('../../../postgres/postgresql.conf', import.meta.url);

/** infra/postgres/postgresql.conf as names and values; the Compose file mounts the same file. */
export const serverSettings = (): Record<string, string> => parseSettings(readFileSync(settingsFile, 'utf8'));

/** Lines `name = value` or `name = 'value'`; comments and empty lines are skipped, anything else is an error. */
export const parseSettings = (text: string): Record<string, string> => {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const found = /^(\w+) = (?:'(.*)'|(\S+))$/u.exec(line);
      if (found?.[1] === undefined) throw new Error(`postgresql.conf: not a setting: ${line}`);
      return [found[1], found[2] ?? found[3] ?? ''];
    }),
  );
};
