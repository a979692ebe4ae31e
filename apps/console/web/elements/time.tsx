import type { ReactNode } from 'react';
import { useLivePart } from '../server/stream.ts';
import { formatAge, formatInstant } from './format.ts';

export const Time = ({ at }: { at: string }): ReactNode => (
  <time dateTime={at} className="figures" title="UTC">
    {formatInstant(at)}
  </time>
);

/** By the console's clock, as the stream tells it every second. */
export const Age = ({ since }: { since: string }): ReactNode => {
  const pipeline = useLivePart('pipeline');
  return (
    <time dateTime={since} className="figures" title={`${formatInstant(since)} UTC`}>
      {pipeline === null ? formatInstant(since) : formatAge(since, pipeline.at)}
    </time>
  );
};
