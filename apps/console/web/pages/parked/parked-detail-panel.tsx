import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { ParkedDetail } from '../../../src/shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { AwayNotice, Empty } from '../../elements/notice.tsx';
import { Panel } from '../../elements/page.tsx';
import { Age } from '../../elements/time.tsx';
import { parkedOrderOf } from '../../server/questions.ts';
import { useLivePart } from '../../server/stream.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { RecordView } from './record-view.tsx';
import { RetryDialog } from './retry-dialog.tsx';

type Item = ParkedDetail['items'][number];

export const ParkedDetailPanel = ({ orderId }: { orderId: string }): ReactNode => {
  const detail = useQuery(parkedOrderOf(orderId));
  const refetch = useEffectEvent(() => void detail.refetch());
  const parked = useLivePart('parked');
  useEffect(() => refetch(), [parked]);
  return (
    <Panel title="Parked order" actions={<Link href={`/orders/${orderId}`}>Its timeline</Link>}>
      <p className="mono">{orderId}</p>
      <Answer to={detail} what="the parked order">
        {({ items, away }) => (
          <div className="stack">
            <AwayNotice away={away} />
            {items.length === 0 && away.length === 0 && (
              <Empty title="It is not parked any more">Everything of it has been applied, or was given up.</Empty>
            )}
            {items.map((item) => (
              <ParkedItem key={`${item.app} ${item.projection}`} item={item} />
            ))}
          </div>
        )}
      </Answer>
    </Panel>
  );
};

const ParkedItem = ({ item }: { item: Item }): ReactNode => {
  const [asked, setAsked] = useState<'retry' | 'discard' | null>(null);
  const close = (): void => setAsked(null);
  return (
    <section className="stack" aria-label={`Parked in ${item.projection}`}>
      <div className="row apart">
        <h3>
          {item.projection} <span className="soft">in {item.app}</span>
        </h3>
        <div className="row">
          <button type="button" onClick={() => setAsked('retry')}>
            Retry
          </button>
          <button type="button" className="grave" onClick={() => setAsked('discard')}>
            Discard
          </button>
        </div>
      </div>
      <dl className="facts">
        <dt>Cause</dt>
        <dd>{item.reason}</dd>
        <dt>Record</dt>
        <dd className="figures">
          version {item.version}, partition {item.partition}, offset {item.offset}
        </dd>
        <dt>Waiting behind it</dt>
        <dd className="figures">{item.waiting}</dd>
        <dt>Since</dt>
        <dd>
          <Age since={item.since} />
        </dd>
      </dl>
      <RecordView record={item.record} />
      {asked === 'retry' && <RetryDialog item={item} onClose={close} />}
      {asked === 'discard' && <DiscardDialog item={item} onClose={close} />}
    </section>
  );
};
