import { useSyncExternalStore, type ReactNode } from 'react';

/** What a screen reader says without the focus moving: the outcome of an action, a part that went away. */
let said = '';
const listeners = new Set<() => void>();

export const announce = (text: string): void => {
  // The same sentence again is news only if the text differs.
  said = said === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const LiveRegion = (): ReactNode => (
  <div className="unseen" role="status" aria-live="polite" aria-label="Announcements">
    {useSyncExternalStore(listen, () => said)}
  </div>
);
