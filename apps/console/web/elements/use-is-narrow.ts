import { useCallback, useSyncExternalStore } from 'react';

/** Whether the page is narrower than so many rem. */
export const useIsNarrow = (rem: number): boolean => {
  const query = `(width < ${rem}rem)`;
  const listen = useCallback(
    (listener: () => void) => {
      const narrow = matchMedia(query);
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(listen, () => matchMedia(query).matches);
};
