import { Readable } from 'node:stream';

export type EventStream = {
  readonly readable: Readable;
  /** Writes `data`, JSON text, as an event of this name, and with this id if any, as soon as the reader takes it. */
  send(event: string, data: string, id?: number): void;
  /** The reader is told that there is no more. */
  end(): void;
};

const commentMs = 15_000;

/**
 * Server-sent events for one reader, with a comment every 15 s. Of each kind of event a slow reader gets the latest only, so
 * that no more than one of each waits in memory. `onClosed` runs once, however it ends.
 */
export const createEventStream = (onClosed: () => void): EventStream => {
  const waiting = new Map<string, { readonly data: string; readonly id: number | undefined }>();
  let wantsMore = false;
  const push = (): void => {
    for (const [event, { data, id }] of waiting) {
      if (!wantsMore) return;
      waiting.delete(event);
      wantsMore = readable.push(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
    }
  };
  const close = (): void => {
    clearInterval(comments);
    waiting.clear();
    onClosed();
  };
  const readable = new Readable({
    highWaterMark: 1,
    read: () => {
      wantsMore = true;
      push();
    },
    destroy: (error, done) => {
      close();
      done(error);
    },
  });
  const comments = setInterval(() => {
    if (wantsMore) wantsMore = readable.push(': still here\n\n');
  }, commentMs);
  return {
    readable,
    send: (event, data, id) => {
      if (readable.destroyed || readable.readableEnded) return;
      waiting.set(event, { data, id });
      push();
    },
    end: () => {
      clearInterval(comments);
      wantsMore = false;
      readable.push(null);
    },
  };
};
