import { Readable } from 'node:stream';

export type BoardStream = {
  readonly readable: Readable;
  /** The reader is told that there is no more. */
  end(): void;
};

const COMMENT_MS = 15_000;

let lastId = 0;
/** Grows, also from a process that ended to the one that a client then turns to. */
const nextId = (): number => (lastId = Math.max(Date.now(), lastId + 1));

/**
 * Server-sent events of what `watch` tells, with a comment every 15 s. A slow reader gets the latest state only, so that no
 * more than two wait in memory. Stops watching when it ends or is destroyed.
 */
export const boardStream = (watch: (tell: (text: string) => void) => () => void): BoardStream => {
  let latest: string | undefined;
  let wantsMore = false;
  const push = (): void => {
    if (!wantsMore || latest === undefined) return;
    const frame = `id: ${nextId()}\nevent: dashboard\ndata: ${latest}\n\n`;
    latest = undefined;
    wantsMore = readable.push(frame);
  };
  const readable = new Readable({
    highWaterMark: 1,
    read: () => {
      wantsMore = true;
      push();
    },
    destroy: (error, done) => {
      stop();
      done(error);
    },
  });
  const unwatch = watch((text) => {
    latest = text;
    push();
  });
  const comments = setInterval(() => {
    if (wantsMore) wantsMore = readable.push(': still here\n\n');
  }, COMMENT_MS);
  const stop = (): void => {
    clearInterval(comments);
    unwatch();
    wantsMore = false;
  };
  const end = (): void => {
    stop();
    readable.push(null);
  };
  return { readable, end };
};
