import type { ReactNode } from 'react';
import type { Receipts } from '../../../src/order-shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { Badge, GenerationBadge } from '../../elements/badge.tsx';
import { AwayNotice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/page.tsx';
import { Table, type Column } from '../../elements/table.tsx';
import { Time } from '../../elements/time.tsx';
import { DeliveryTrack } from '../../receipts/delivery-track.tsx';
import { useReceipts } from '../../receipts/use-receipts.ts';

/** Where each version is: how one proves that an event was delivered, or sees where it got stuck. */
export const ReceiptsPanel = ({ orderId, head }: { orderId: string; head: number }): ReactNode => (
  <Panel title="Delivery receipts">
    <Answer to={useReceipts(orderId, head)} what="the receipts">
      {(receipts) => (
        <div className="stack">
          <AwayNotice away={receipts.away} />
          <DeliveryTrack receipts={receipts} version={head} />
          <details>
            <summary>Every version and every projection</summary>
            <div className="stack">
              <Versions receipts={receipts} />
              <Projections receipts={receipts} />
            </div>
          </details>
        </div>
      )}
    </Answer>
  </Panel>
);

type Version = Receipts['versions'][number];
type Projection = Receipts['projections'][number];

const Versions = ({ receipts: { versions, isTopicKnown } }: { receipts: Receipts }): ReactNode => (
  <Table
    caption="When each version was recorded, and where it lies in the topic"
    rows={versions}
    keyOf={({ version }) => String(version)}
    columns={[
      { head: 'Version', isNumber: true, cell: ({ version }: Version) => version },
      { head: 'Event', cell: ({ type }) => type },
      { head: 'Recorded', cell: ({ recordedAt }) => <Time at={recordedAt} /> },
      { head: 'In the topic', cell: ({ relayed }) => placeText(relayed, isTopicKnown) },
    ]}
  />
);

const placeText = (relayed: Version['relayed'], isTopicKnown: boolean): string => {
  if (relayed === null) return isTopicKnown ? 'not there yet' : 'not known: Kafka is away';
  const again = relayed.copies > 1 ? `, sent ${relayed.copies} times` : '';
  return `partition ${relayed.partition}, offset ${relayed.offset}${again}`;
};

const columns: Column<Projection>[] = [
  { head: 'Projection', cell: ({ projection }) => <strong>{projection}</strong> },
  { head: 'App', cell: ({ app }) => app },
  { head: 'Generation', cell: ({ generation, state }) => generationOf(generation, state) },
  { head: 'Applied up to', isNumber: true, cell: ({ version }) => (version === 0 ? 'not seen' : `version ${version}`) },
  { head: 'When', cell: ({ appliedAt }) => (appliedAt === null ? '–' : <Time at={appliedAt} />) },
  { head: 'Parked', cell: ({ parked }) => (parked ? <Badge tone="bad">Parked</Badge> : 'no') },
];

const generationOf = (generation: number, state: Projection['state']): ReactNode => (
  <>
    {generation} <GenerationBadge state={state} />
  </>
);

const Projections = ({ receipts: { projections } }: { receipts: Receipts }): ReactNode => (
  <Table
    caption="How far each projection has come with this order"
    rows={projections}
    keyOf={({ app, projection, generation }) => `${app} ${projection} ${generation}`}
    columns={columns}
  />
);
