import { formatMoney } from '@orderline/money';
import type { Queryable } from '@orderline/postgres';
import type { openStatuses } from './dashboard.ts';
import { type Dashboard } from './dashboard.ts';

type OpenStatus = (typeof openStatuses)[number];

type Found = {
  readonly open: Readonly<Partial<Record<OpenStatus, number>>>;
  readonly openOrders: readonly {
    readonly orderId: string;
    readonly version: number;
    readonly status: OpenStatus;
    readonly since: number;
    readonly estimatedReadyAt: number | null;
  }[];
  readonly today: Readonly<Record<'created' | 'delivered' | 'cancelled', number>> | null;
  readonly revenue: readonly { readonly currency: string; readonly netMinor: number }[];
  readonly preparation: Dashboard['preparation'];
};

// One statement, hence one snapshot: all parts are of the same instant.
const text = `
  WITH open AS MATERIALIZED (
    SELECT * FROM open_order WHERE generation = serving_generation('open-orders') AND restaurant_id = $1
  ), oldest AS (
    SELECT order_id AS "orderId", version, status, created_at,
      (extract(epoch FROM since) * 1000)::bigint AS since,
      (extract(epoch FROM estimated_ready_at) * 1000)::bigint AS "estimatedReadyAt"
    FROM open ORDER BY created_at, order_id LIMIT 200
  )
  SELECT
    (SELECT coalesce(json_object_agg(status, orders), '{}')
      FROM (SELECT status, count(*) AS orders FROM open GROUP BY status) AS by_status) AS open,
    (SELECT coalesce(json_agg(oldest ORDER BY created_at, "orderId"), '[]') FROM oldest) AS "openOrders",
    (SELECT json_build_object('created', created, 'delivered', delivered, 'cancelled', cancelled) FROM restaurant_day
      WHERE generation = serving_generation('restaurant-days') AND restaurant_id = $1 AND day = $2) AS today,
    (SELECT coalesce(json_agg(json_build_object('currency', currency, 'netMinor', net_minor) ORDER BY currency), '[]')
      FROM restaurant_revenue
      WHERE generation = serving_generation('restaurant-revenue') AND restaurant_id = $1 AND day = $2) AS revenue,
    (SELECT json_build_object('count', count(*), 'averageSeconds', coalesce(round(avg(seconds)), 0),
        'maxSeconds', coalesce(max(seconds), 0))
      FROM preparation
      WHERE generation = serving_generation('preparations') AND restaurant_id = $1 AND ready_day = $2) AS preparation`;

/** What a restaurant has open now, and what it did on `date` (a UTC day). All zeros for one that nobody knows. */
export const readDashboard = async (client: Queryable, restaurantId: string, date: string): Promise<Dashboard> => {
  const { rows } = await client.query<Found>({ name: 'dashboard', text, values: [restaurantId, date] });
  const { open, openOrders, today, revenue, preparation } = rows[0] as Found;
  return {
    restaurantId,
    date,
    open: countsOf(open),
    openOrders: openOrders.map(({ orderId, version, status, since, estimatedReadyAt }) => ({
      orderId,
      version,
      status,
      since: instant(since),
      estimatedReadyAt: estimatedReadyAt === null ? null : instant(estimatedReadyAt),
    })),
    today: {
      created: today?.created ?? 0,
      delivered: today?.delivered ?? 0,
      cancelled: today?.cancelled ?? 0,
      revenue: revenue.map(({ currency, netMinor }) => ({ currency, amount: formatMoney(netMinor, currency) })),
    },
    preparation,
  };
};

const countsOf = ({ Created = 0, Confirmed = 0, Preparing = 0, Ready = 0, OutForDelivery = 0 }: Found['open']) => ({
  Created,
  Confirmed,
  Preparing,
  Ready,
  OutForDelivery,
});

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
