import { useEffect, useState } from 'react';
import type { Dashboard } from '../../../src/order-shapes.ts';

export type Told = { dashboard: Dashboard | null; connection: 'opening' | 'open' | 'lost' };

/** A restaurant's board as its stream tells it; the last one stays in sight while the stream is lost. */
export const useDashboard = (restaurantId: string): Told => {
  const [told, setTold] = useState<Told>({ dashboard: null, connection: 'opening' });
  useEffect(() => {
    let source: EventSource;
    let opensAgain: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      source = new EventSource(`/api/restaurants/${encodeURIComponent(restaurantId)}/stream`);
      source.addEventListener('dashboard', ({ data }: MessageEvent<string>) => {
        setTold({ dashboard: JSON.parse(data) as Dashboard, connection: 'open' });
      });
      source.onerror = () => {
        setTold((before) => ({ ...before, connection: 'lost' }));
        // A stream that was refused, not broken, is not opened again by the browser.
        if (source.readyState === EventSource.CLOSED) opensAgain = setTimeout(open, 2_000);
      };
    };
    open();
    return () => {
      clearTimeout(opensAgain);
      source.close();
    };
  }, [restaurantId]);
  return told;
};
