import type { Stack } from '@orderline/local-stack';
import type { SmallDisk } from './small-disk.ts';
import type { SteppedClock } from './stepped-clock.ts';
import type { Wires } from './wires.ts';

/** What faults act on: a running stack, all its connections through proxies. */
export type Arena = {
  readonly stack: Stack;
  readonly wires: Wires;
  /** Numbers from 0 to 1, the same for the same seed. */
  readonly chance: () => number;
  /** Of an HTTP server that answers every request wrongly, by the way it does. */
  readonly liars: Readonly<Record<string, number>>;
  /** PostgreSQL's, where the machine allows one. */
  readonly disk: SmallDisk | undefined;
  /** Of PostgreSQL and order-command, where libfaketime is. */
  readonly clock: SteppedClock | undefined;
  /** Keeps a remark on the fault that is being done. */
  readonly note: (remark: string) => void;
};

/** An arena between two faults. */
export type Ground = Omit<Arena, 'note'>;

/** A superuser's address of a database on the stack's server. */
export const adminUrlOf = ({ stack }: Pick<Arena, 'stack'>, database: string): string => {
  const url = new URL(stack.addresses.adminUrl);
  url.pathname = `/${database}`;
  return url.href;
};

/** The database of a projector of the stack. */
export const databaseOf = (projector: string): string => projector.replaceAll('-', '_');

/** Throws while a part has no process, between a death and the restart. */
export const pidOf = ({ stack }: Pick<Arena, 'stack'>, part: string): number => {
  const found = stack.parts().find(({ name }) => name === part);
  if (found?.pid === undefined) throw new Error(`${part} has no process now`);
  return found.pid;
};
