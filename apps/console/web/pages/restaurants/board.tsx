import type { ReactNode } from 'react';
import type { Dashboard } from '../../../src/order-shapes.ts';
import { Badge } from '../../elements/badge.tsx';
import { formatCount, formatDuration, formatInstant, inWords, unknown } from '../../elements/format.ts';
import { Empty, Loading, Notice } from '../../elements/notice.tsx';
import { OrderLink } from '../../elements/id-link.tsx';
import { Panel } from '../../elements/page.tsx';
import { Age } from '../../elements/time.tsx';
import { useDashboard } from './use-dashboard.ts';

export const Board = ({ restaurantId }: { restaurantId: string }): ReactNode => {
  const { dashboard, connection } = useDashboard(restaurantId);
  return (
    <Panel title={`Board of ${restaurantId}`} actions={connection === 'open' && <Badge tone="good">Live</Badge>}>
      <div className="stack">
        {connection === 'lost' && (
          <Notice tone="warn" title="restaurant-dashboard does not answer">
            {dashboard === null
              ? 'The board appears as soon as it does.'
              : 'This is the last it said; it is asked again.'}
          </Notice>
        )}
        {dashboard === null && connection === 'opening' && <Loading what="the board" />}
        {dashboard !== null && (
          <>
            <Today dashboard={dashboard} />
            <Lanes dashboard={dashboard} />
          </>
        )}
      </div>
    </Panel>
  );
};

const lanes = ['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery'] as const;

const Lanes = ({ dashboard: { open, openOrders } }: { dashboard: Dashboard }): ReactNode =>
  openOrders.length === 0 ? (
    <Empty title="No order is open" />
  ) : (
    <div className="lanes">
      {lanes.map((lane) => (
        <section key={lane} aria-label={inWords(lane)} data-lane={lane}>
          <h3>
            {inWords(lane)} <span className="soft figures">{formatCount(open[lane])}</span>
          </h3>
          <ul className="plain">
            {openOrders
              .filter(({ status }) => status === lane)
              .map((order) => (
                <li key={order.orderId}>
                  <OrderLink id={order.orderId} />
                  <span className="small soft">
                    <Age since={order.since} />
                    {order.estimatedReadyAt !== null &&
                      `, ready about ${formatInstant(order.estimatedReadyAt).slice(11, 16)}`}
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );

/** The board knows whole seconds only. */
const wholeSeconds = (count: number, seconds: number): string => {
  if (count === 0) return unknown;
  return seconds < 1 ? 'under 1 s' : formatDuration(seconds);
};

const Today = ({ dashboard: { date, today, preparation } }: { dashboard: Dashboard }): ReactNode => (
  <dl className="today figures">
    {[
      ['Orders', formatCount(today.created)],
      ['Delivered', formatCount(today.delivered)],
      ['Cancelled', formatCount(today.cancelled)],
      ['Revenue', today.revenue.map(({ currency, amount }) => `${amount} ${currency}`).join(', ') || 'none'],
      ['Preparation, on average', wholeSeconds(preparation.count, preparation.averageSeconds)],
      ['The longest', wholeSeconds(preparation.count, preparation.maxSeconds)],
    ].map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
    <div>
      <dt>Day (UTC)</dt>
      <dd>{date}</dd>
    </div>
  </dl>
);
