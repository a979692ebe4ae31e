import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const listening = '0A';

/** Who listens on a port of this machine, as `pid 123 (java …)`; undefined where the system does not tell. Linux only. */
export const listenerOf = (port: number): string | undefined => {
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    inodesListening(attempt(() => readFileSync(table, 'utf8')) ?? '', port),
  );
  if (sockets.length === 0) return undefined;
  const pid = (attempt(() => readdirSync('/proc')) ?? [])
    .filter((name) => /^\d+$/u.test(name))
    .find((one) => holdsAny(one, sockets));
  return pid === undefined ? undefined : `pid ${pid} (${commandOf(pid)})`;
};

/** Inodes of the sockets that listen on `port`, from the text of /proc/net/tcp. */
export const inodesListening = (table: string, port: number): string[] =>
  table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/u))
    .filter(([, local, , state]) => state === listening && Number.parseInt(local?.split(':').at(-1) ?? '', 16) === port)
    .map((fields) => fields[9] ?? '');

const holdsAny = (pid: string, inodes: readonly string[]): boolean =>
  (attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? []).some((fd) => {
    const target = attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
    return inodes.some((inode) => target === `socket:[${inode}]`);
  });

const commandOf = (pid: string): string =>
  (attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').replaceAll('\0', ' ').trim().slice(0, 80);

const attempt = <Value>(read: () => Value): Value | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
