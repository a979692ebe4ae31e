import { Readable } from 'node:stream';
import type { Upstream } from '../upstream/upstream.ts';

/** The same bytes as the part says them; ends when it does, and when `stopped` tells. Throws `PartAway` before anything is said. */
export const passThrough = async (upstream: Upstream, path: string, stopped: AbortSignal): Promise<Readable> => {
  const closed = new AbortController();
  const body = await upstream.stream(path, AbortSignal.any([stopped, closed.signal]));
  const readable = Readable.from(untilItBreaks(body), { objectMode: false });
  return readable.once('close', () => {
    closed.abort();
  });
};

/** A reader whose stream breaks turns to another one by itself, as it does when it ends. */
async function* untilItBreaks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    return;
  }
}
