import { useSyncExternalStore } from 'react';
import type { History, ParkedOrders, Pipeline, Projections } from '../../src/shapes.ts';
import { after, nothingYet, type Live, type News } from './live.ts';

/** One stream for the whole page, opened by who listens first and closed when nobody does. */
let live: Live = nothingYet;
let source: EventSource | undefined;
let opensAgain: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

const tell = (news: News): void => {
  live = after(live, news);
  for (const listener of listeners) listener();
};

const open = (): void => {
  source = new EventSource('/api/stream');
  const heard = (name: string, toNews: (told: unknown) => News): void => {
    source?.addEventListener(name, ({ data }: MessageEvent<string>) => tell(toNews(JSON.parse(data))));
  };
  source.onopen = () => tell({ kind: 'opened' });
  source.onerror = () => lost();
  heard('pipeline', (told) => ({ kind: 'pipeline', told: told as Pipeline }));
  heard('history', (told) => ({ kind: 'history', told: told as History }));
  heard('projections', (told) => ({ kind: 'projections', told: told as Projections }));
  heard('parked', (told) => ({ kind: 'parked', told: told as ParkedOrders }));
};

/** A browser opens a stream again by itself when it broke, but gives up on one that was refused. */
const lost = (): void => {
  tell({ kind: 'lost' });
  if (source?.readyState !== EventSource.CLOSED) return;
  clearTimeout(opensAgain);
  opensAgain = setTimeout(open, 2_000);
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  if (listeners.size === 1) open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(opensAgain);
    source?.close();
  };
};

/** By the clock of the console, so that `now` is not its future. */
export const consoleNow = (): number => (live.pipeline === null ? Date.now() : new Date(live.pipeline.at).getTime());

/** A part of what the stream tells: a component that takes it is drawn again only when that part changed. */
export const useLivePart = <Name extends keyof Live>(name: Name): Live[Name] =>
  useSyncExternalStore(listen, () => live[name]);
