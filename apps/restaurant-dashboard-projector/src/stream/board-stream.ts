import type { Readable } from 'node:stream';
import { createEventStream } from '@orderline/service-host';

export type BoardStream = {
  readonly readable: Readable;
  /** The reader is told that there is no more. */
  end(): void;
};

let lastId = 0;
/** Grows, also from a process that ended to the one that a client then turns to. */
const nextId = (): number => (lastId = Math.max(Date.now(), lastId + 1));

/**
 * Server-sent events of what `watch` tells. A slow reader gets the latest state only. Stops watching when it ends or is
 * destroyed.
 */
export const boardStream = (watch: (tell: (text: string) => void) => () => void): BoardStream => {
  const stream = createEventStream(() => unwatch());
  const unwatch = watch((text) => stream.send('dashboard', text, nextId()));
  const end = (): void => {
    unwatch();
    stream.end();
  };
  return { readable: stream.readable, end };
};
