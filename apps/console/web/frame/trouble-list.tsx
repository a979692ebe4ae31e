import { useEffect, type ReactNode } from 'react';
import { announce } from '../elements/announce.tsx';
import { HealthBadge } from '../elements/badge.tsx';
import { Notice } from '../elements/notice.tsx';
import { Age } from '../elements/time.tsx';
import { useLivePart } from '../server/stream.ts';
import { troublesOf } from './troubles.ts';
import { useRecovery } from './use-recovery.ts';

/** On every page: what is down or late, and the one line what to do. */
export const TroubleList = (): ReactNode => {
  useRecovery();
  const connection = useLivePart('connection');
  const pipeline = useLivePart('pipeline');
  const troubles = pipeline === null || connection === 'lost' ? [] : troublesOf(pipeline);
  const names = troubles.map(({ name, state }) => `${name} is ${state}`).join(', ');
  useEffect(() => {
    if (names !== '') announce(names);
  }, [names]);
  if (connection === 'lost') {
    return (
      <Notice tone="bad" title="The console does not answer">
        What is shown is the last it said. The page tries again by itself; where it stays so, look at{' '}
        <code>npm run orderline -- status</code>.
      </Notice>
    );
  }
  if (troubles.length === 0) return null;
  return (
    <section className="troubles" aria-label="Parts in trouble">
      <ul className="plain">
        {troubles.map(({ name, state, since, advice }) => (
          <li key={name} data-state={state}>
            <HealthBadge health={state} /> <strong>{name}</strong> <span>{advice}</span>{' '}
            <span className="soft small">
              <Age since={since} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
