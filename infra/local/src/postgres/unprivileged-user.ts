import { lstatSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type User = { readonly name: string; readonly uid: number; readonly gid: number };

/**
 * Whom to run PostgreSQL as, which refuses root: `postgres` if the machine has that user, else another one without rights.
 * It must have a passwd entry, initdb asks for its name. Undefined when this process is not root: it runs as itself.
 */
export const unprivilegedUser = (passwd = readPasswd): User | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const users = parsePasswd(passwd());
  const user = ['postgres', 'nobody'].map((name) => users.find((one) => one.name === name)).find(Boolean) ?? users[0];
  if (user === undefined) throw new Error('PostgreSQL refuses to run as root, and this machine has no other user.');
  return user;
};

/** The users of a passwd file other than root. */
export const parsePasswd = (text: string): User[] =>
  text
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name !== '' && uid > 0 && gid > 0);

/** Whether `user` may read `path` and pass through every folder above it, judged by the mode bits. */
export const canReach = (user: User, path: string): boolean =>
  allows(user, path, 4) && ancestors(path).every((folder) => allows(user, folder, 1));

const ancestors = (path: string): string[] => {
  const above = dirname(path);
  return above === path ? [] : [above, ...ancestors(above)];
};

const allows = (user: User, path: string, bit: number): boolean => {
  const { mode, uid, gid } = lstatSync(path);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bit) !== 0;
};

const readPasswd = (): string => readFileSync('/etc/passwd', 'utf8');
