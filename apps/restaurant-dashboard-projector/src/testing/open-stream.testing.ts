import { eventually } from '@orderline/testing';
import type { Dashboard } from '../board/dashboard.ts';

export type Frame = { readonly id: number; readonly event: string; readonly board: Dashboard; readonly at: number };

export type OpenStream = {
  readonly headers: Headers;
  readonly frames: readonly Frame[];
  /** The first frame, from now on or before, that shows this. */
  shows(what: (board: Dashboard) => boolean): Promise<Frame>;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  close(): void;
};

/** A stream of dashboards as a browser would read it. */
export const openStream = async (serviceUrl: string, restaurantId: string): Promise<OpenStream> => {
  const client = new AbortController();
  const answer = await fetch(`${serviceUrl}/restaurants/${restaurantId}/stream`, { signal: client.signal });
  const frames: Frame[] = [];
  const ended = readAll(answer, (frame) => frames.push(frame)).catch((error: unknown) => {
    if (!client.signal.aborted) throw error;
  });
  return {
    headers: answer.headers,
    frames,
    shows: (what) =>
      eventually(
        () => {
          const found = frames.find(({ board }) => what(board));
          if (found === undefined) throw new Error(`not among ${frames.length} frames`);
          return found;
        },
        { everyMs: 5 },
      ),
    ended,
    close: () => client.abort(),
  };
};

const readAll = async (answer: Response, onFrame: (frame: Frame) => void): Promise<void> => {
  let text = '';
  for await (const bytes of answer.body ?? []) {
    text += Buffer.from(bytes as Uint8Array).toString();
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    for (const part of whole) if (!part.startsWith(':')) onFrame(frameOf(part));
  }
};

const frameOf = (text: string): Frame => {
  const fields = new Map(
    text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return {
    id: Number(fields.get('id')),
    event: fields.get('event') ?? '',
    board: JSON.parse(fields.get('data') ?? 'null') as Dashboard,
    at: performance.now(),
  };
};
