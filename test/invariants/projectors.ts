import { inject } from 'vitest';
import '../support/provided.ts';

/** Every projector of the stack: its database, its projections with the table of each, and a read that shows something. */
export const projectors = {
  'order-summary': {
    database: 'order_summary',
    tables: { 'order-summary': 'order_summary' },
    read: '/orders?limit=1',
  },
  'restaurant-dashboard': {
    database: 'restaurant_dashboard',
    tables: {
      'open-orders': 'open_order',
      'restaurant-days': 'restaurant_day',
      'restaurant-revenue': 'restaurant_revenue',
      preparations: 'preparation',
    },
    read: '/restaurants/r-0/dashboard',
  },
  'customer-history': {
    database: 'customer_history',
    tables: { 'customer-orders': 'customer_order' },
    read: '/customers/c-0/orders?limit=1',
  },
  analytics: {
    database: 'analytics',
    tables: {
      revenue: 'revenue',
      funnel: 'funnel',
      'status-flow': 'status_flow',
      'status-intervals': 'status_interval',
    },
    read: '/funnel',
  },
} as const;

export type ProjectorName = keyof typeof projectors;
export const projectorNames = Object.keys(projectors) as ProjectorName[];

export const projectionsOf = (name: ProjectorName): [projection: string, table: string][] =>
  Object.entries(projectors[name].tables);

export const urlOf = (app: string): string => inject('stack').appUrls[app] ?? '';

/** The superuser's address of a database on the stack's server. */
export const databaseUrlOf = (database: string): string => {
  const url = new URL(inject('stack').ordersUrl);
  url.pathname = `/${database}`;
  return url.href;
};

/** Where a projector answers and keeps its rows: one of the stack's, or one that a spec has started beside it. */
export type Place = { readonly name: ProjectorName; readonly url: string; readonly databaseUrl: string };

export const stackPlaces = (): Place[] =>
  projectorNames.map((name) => ({ name, url: urlOf(name), databaseUrl: databaseUrlOf(projectors[name].database) }));
