import type { ReactNode } from 'react';
import type { Away } from '../../src/shapes.ts';
import { formatInstant } from './format.ts';

type NoticeProps = { tone?: 'bad' | 'warn' | 'good'; title: string; children?: ReactNode };

/** Said at once by a screen reader when it appears. */
export const Notice = ({ tone, title, children }: NoticeProps): ReactNode => (
  <div className="notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
    <strong>{title}</strong>
    {children !== undefined && <div>{children}</div>}
  </div>
);

/** The parts that an answer had to do without. */
export const AwayNotice = ({ away }: { away: Away[] }): ReactNode =>
  away.map(({ part, since, advice }) => (
    <Notice key={part} tone="warn" title={`${part} is away: what it would say is missing here`}>
      {advice} <span className="soft small">Since {formatInstant(since)}.</span>
    </Notice>
  ));

export const Empty = ({ title, children }: { title: string; children?: ReactNode }): ReactNode => (
  <div className="empty">
    <strong>{title}</strong>
    {children !== undefined && <div>{children}</div>}
  </div>
);

export const Loading = ({ what }: { what: string }): ReactNode => (
  <div className="loading" role="status">
    <span className="unseen">Loading {what}</span>
    <i />
    <i />
    <i />
  </div>
);
