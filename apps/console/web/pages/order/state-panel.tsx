import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import type { OrderEvent } from '../../../src/order-shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { Choice, Labelled, TextField } from '../../elements/field.tsx';
import { Panel } from '../../elements/page.tsx';
import { stateAtInstant, stateAtVersion } from '../../server/questions.ts';
import { OrderFacts } from './order-facts.tsx';

type StatePanelProps = { orderId: string; head: number; events: OrderEvent[] };

/** The order as it was: at a version, or at any instant; the address may say at which. */
export const StatePanel = ({ orderId, head, events }: StatePanelProps): ReactNode => {
  const asked = useSearchParams()[0].get('at');
  const [by, setBy] = useState(asked === null ? 'version' : 'instant');
  return (
    <Panel
      title="State as it was"
      actions={
        <Choice
          label="Look by"
          value={by}
          options={[
            { value: 'version', label: 'Version' },
            { value: 'instant', label: 'Instant' },
          ]}
          onChoice={setBy}
        />
      }
    >
      {by === 'version' ? (
        <AtVersion orderId={orderId} head={head} events={events} />
      ) : (
        <AtInstant orderId={orderId} first={asked ?? events.at(-1)?.recordedAt ?? ''} />
      )}
    </Panel>
  );
};

const AtVersion = ({ orderId, head, events }: StatePanelProps): ReactNode => {
  // Until somebody moves the slider it follows the order.
  const [chosen, setChosen] = useState<number | null>(null);
  const version = Math.min(chosen ?? head, head);
  const event = events.find((one) => one.version === version);
  const state = useQuery(stateAtVersion(orderId, version));
  return (
    <div className="stack">
      <Labelled label={`Version ${version} of ${head}${event === undefined ? '' : `, after ${event.type}`}`}>
        {(ids) => (
          <input
            {...ids}
            type="range"
            min={1}
            max={head}
            value={version}
            aria-valuetext={`Version ${version}${event === undefined ? '' : `, after ${event.type}`}`}
            onChange={({ target }) => setChosen(target.valueAsNumber)}
          />
        )}
      </Labelled>
      <Answer to={state} what="the state">
        {(order) => <OrderFacts order={order} />}
      </Answer>
    </div>
  );
};

const AtInstant = ({ orderId, first }: { orderId: string; first: string }): ReactNode => {
  const [text, setText] = useState(first);
  const [at, setAt] = useState(first);
  const isInstant = !Number.isNaN(new Date(text).getTime());
  const state = useQuery(stateAtInstant(orderId, at));
  return (
    <div className="stack">
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (isInstant) setAt(new Date(text).toISOString());
        }}
      >
        <TextField
          label="Instant"
          hint="RFC 3339, such as 2026-01-15T14:05:00.120Z"
          value={text}
          aria-invalid={!isInstant}
          onText={setText}
        />
        <button type="submit" disabled={!isInstant}>
          Show
        </button>
      </form>
      <Answer to={state} what="the state">
        {(order) => <OrderFacts order={order} />}
      </Answer>
    </div>
  );
};
