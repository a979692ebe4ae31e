import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { OrderEvent } from '../../../src/order-shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { Changes } from '../../elements/changes.tsx';
import { Choice } from '../../elements/field.tsx';
import { Panel } from '../../elements/page.tsx';
import { differenceBetween } from '../../server/questions.ts';

type DifferencePanelProps = { orderId: string; head: number; events: OrderEvent[] };

export const DifferencePanel = ({ orderId, head, events }: DifferencePanelProps): ReactNode => {
  const [from, setFrom] = useState(head - 1);
  const [to, setTo] = useState(head);
  const difference = useQuery(differenceBetween(orderId, from, to));
  const options = events.map(({ version, type }) => ({ value: String(version), label: `v${version} ${type}` }));
  return (
    <Panel title="What changed between two versions">
      <div className="stack">
        <div className="fields">
          <Choice
            label="From"
            value={String(from)}
            options={[{ value: '0', label: 'Before it was there' }, ...options.slice(0, -1)]}
            onChoice={(chosen) => {
              setFrom(Number(chosen));
              setTo(Math.max(to, Number(chosen) + 1));
            }}
          />
          <Choice
            label="To"
            value={String(to)}
            options={options.filter(({ value }) => Number(value) > from)}
            onChoice={(chosen) => setTo(Number(chosen))}
          />
        </div>
        <Answer to={difference} what="the differences">
          {({ changes, events: between }) => (
            <Changes changes={changes} caption={`Through ${between.map(({ type }) => type).join(', ')}`} />
          )}
        </Answer>
      </div>
    </Panel>
  );
};
