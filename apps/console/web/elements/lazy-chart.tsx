import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';
import { Boundary } from './boundary.tsx';
import { withKnownLanguage } from './known-language.ts';
import { Loading } from './notice.tsx';

const Chart = lazy(async () => {
  withKnownLanguage(navigator);
  return { default: (await import('./chart.tsx')).Chart };
});

/** uPlot is asked for when a page with a chart is in sight, beside its figures, not before them. */
export const LazyChart = (props: ComponentProps<typeof Chart>): ReactNode => (
  <Boundary what="The chart">
    <Suspense fallback={<Loading what="the chart" />}>
      <Chart {...props} />
    </Suspense>
  </Boundary>
);
