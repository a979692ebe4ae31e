import type { ReactNode } from 'react';
import type { OrderEvent } from '../../../src/order-shapes.ts';
import { formatDuration } from '../../elements/format.ts';
import { Json } from '../../elements/json.tsx';
import { Time } from '../../elements/time.tsx';

export const TimelineList = ({ events }: { events: OrderEvent[] }): ReactNode => (
  <ol className="timeline plain">
    {events.map((event, index) => (
      <li key={event.eventId}>
        <div className="row apart">
          <h3>
            <span className="version figures">v{event.version}</span> {event.type}
          </h3>
          <span className="small soft figures">{sinceBefore(events[index - 1], event)}</span>
        </div>
        <p className="small soft">
          <Time at={event.recordedAt} /> by {event.actor.role}:{event.actor.id}
        </p>
        <details>
          <summary className="small">What it says</summary>
          <Json value={event.data} label={`What event ${event.version} says`} />
          <Origin event={event} />
        </details>
      </li>
    ))}
  </ol>
);

const sinceBefore = (before: OrderEvent | undefined, { recordedAt }: OrderEvent): string =>
  before === undefined
    ? ''
    : `+${formatDuration((new Date(recordedAt).getTime() - new Date(before.recordedAt).getTime()) / 1_000)}`;

const Origin = ({ event }: { event: OrderEvent }): ReactNode => (
  <dl className="facts small">
    <dt>Event id</dt>
    <dd className="mono">{event.eventId}</dd>
    <dt>Said to have happened</dt>
    <dd>
      <Time at={event.occurredAt} />
    </dd>
    <dt>Correlation</dt>
    <dd className="mono">{event.correlationId}</dd>
    <dt>Caused by</dt>
    <dd className="mono">{event.causationId ?? 'a request'}</dd>
    <dt>Schema</dt>
    <dd>
      version {event.schemaVersion}
      {event.storedSchemaVersion !== event.schemaVersion && `, stored as version ${event.storedSchemaVersion}`}
    </dd>
  </dl>
);
