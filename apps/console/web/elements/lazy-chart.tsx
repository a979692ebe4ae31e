import { lazy } from 'react';

/** uPlot is asked for when a page with a chart is in sight, beside its figures, not before them. */
export const LazyChart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }));
