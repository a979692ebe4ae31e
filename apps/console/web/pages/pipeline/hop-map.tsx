import type { ReactNode } from 'react';
import type { Delay, Hop } from '../../../src/shapes.ts';
import { HealthBadge } from '../../elements/badge.tsx';
import { formatCount, formatDuration, formatMillis, formatRate } from '../../elements/format.ts';

/** The stations one after another; those that read the topic side by side at its end. */
export const HopMap = ({ hops }: { hops: Hop[] }): ReactNode => {
  const readers = hops.filter(({ kind }) => kind === 'projector');
  const onTheWay = hops.filter(({ kind }) => kind !== 'projector');
  return (
    <section className="map" aria-label="Pipeline map">
      <ol className="way plain" aria-label="From the command to the topic">
        {onTheWay.map((hop) => (
          <li key={hop.id} data-flows={flows(hop)}>
            <Station hop={hop} />
          </li>
        ))}
      </ol>
      <ul className="readers plain" aria-label="What reads the topic">
        {readers.map((hop) => (
          <li key={hop.id} data-flows={flows(hop)}>
            <Station hop={hop} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const flows = ({ state, ratePerSecond }: Hop): boolean => state !== 'down' && (ratePerSecond ?? 0) > 0;

const kinds: Record<Hop['kind'], string> = {
  command: 'Commands',
  outbox: 'Event store and outbox',
  relay: 'Relay',
  topic: 'Topic',
  projector: 'Projector',
};

const Station = ({ hop }: { hop: Hop }): ReactNode => (
  <article className="station" data-state={hop.state} aria-label={hop.name}>
    <header>
      <div>
        <span className="small soft">{kinds[hop.kind]}</span>
        <h2>{hop.name}</h2>
      </div>
      <HealthBadge health={hop.state} />
    </header>
    <dl className="figures">
      <Figure name="Rate" value={formatRate(hop.ratePerSecond)} />
      {hop.lagEvents !== null && <Figure name="Behind" value={`${formatCount(hop.lagEvents)} events`} />}
      {hop.lagSeconds !== null && <Figure name="Lag" value={formatDuration(hop.lagSeconds)} />}
      {hop.delay !== null && <Figure name="Delay p50 / p90 / max" value={delayText(hop.delay)} />}
    </dl>
    {hop.advice !== null && <p className="advice small">{hop.advice}</p>}
  </article>
);

const delayText = ({ p50, p90, max }: Delay): string =>
  [p50, p90, max]
    .map(formatMillis)
    .join(' / ')
    .replace(/ (?=[a-z])/gu, '\u00a0');

const Figure = ({ name, value }: { name: string; value: string }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
