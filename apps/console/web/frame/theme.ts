import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const place = 'orderline.theme';
const listeners = new Set<() => void>();

const isTheme = (text: string | null): text is Theme => themes.some((theme) => theme === text);

/** A browser may refuse to keep anything: then the choice lasts as long as the page. */
const read = (): Theme => {
  try {
    const chosen = localStorage.getItem(place);
    return isTheme(chosen) ? chosen : 'system';
  } catch {
    return 'system';
  }
};

let theme = read();

const show = (): void => {
  document.documentElement.dataset.theme = theme;
};
show();

export const choose = (chosen: Theme): void => {
  theme = chosen;
  show();
  try {
    localStorage.setItem(place, chosen);
  } catch {
    // Nothing to keep it in.
  }
  for (const listener of listeners) listener();
};

const system = matchMedia('(prefers-color-scheme: dark)');

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
};

export const useTheme = (): Theme => useSyncExternalStore(listen, () => theme);

/** What is in sight: a chart draws its colours once and has to know when they change. */
export const useIsDark = (): boolean =>
  useSyncExternalStore(listen, () => theme === 'dark' || (theme === 'system' && system.matches));
