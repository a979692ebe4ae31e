import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { DemoOrder, Difference, Order, Orders, Receipts, Restaurants, Timeline } from '../../src/order-shapes.ts';
import type { CountsSeries, OrdersAt, ParkedDetail, Schemas, Status } from '../../src/shapes.ts';
import { ask, withQuery } from './ask.ts';

/** What the pages ask for, each with the name under which its answer is kept. */

/** An id may come from the address of the page, where anybody can write anything. */
const placeOf = (orderId: string): string => `/orders/${encodeURIComponent(orderId)}`;

export type OrderFilter = { q: string; status: string; customerId: string; restaurantId: string };

export const ordersLike = (filter: OrderFilter) =>
  infiniteQueryOptions({
    queryKey: ['orders', filter],
    initialPageParam: '',
    queryFn: async ({ signal, pageParam }) =>
      (await ask(withQuery('/orders', { ...filter, after: pageParam }), { signal })) as Orders,
    getNextPageParam: ({ next }) => next,
  });

export const timelineOf = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId, 'timeline'],
    queryFn: async ({ signal }) => (await ask(`${placeOf(orderId)}/timeline`, { signal })) as Timeline,
  });

/** The state of a version never changes, so it is asked for once. */
export const stateAtVersion = (orderId: string, version: number) =>
  queryOptions({
    queryKey: ['order', orderId, 'state', version],
    queryFn: async ({ signal }) =>
      (await ask(withQuery(`${placeOf(orderId)}/state`, { version }), { signal })) as Order,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const stateAtInstant = (orderId: string, at: string) =>
  queryOptions({
    queryKey: ['order', orderId, 'state-at', at],
    queryFn: async ({ signal }) => (await ask(withQuery(`${placeOf(orderId)}/state`, { at }), { signal })) as Order,
    placeholderData: keepPreviousData,
  });

export const differenceBetween = (orderId: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['order', orderId, 'difference', from, to],
    queryFn: async ({ signal }) =>
      (await ask(withQuery(`${placeOf(orderId)}/difference`, { from, to }), { signal })) as Difference,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export const receiptsOf = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId, 'receipts'],
    queryFn: async ({ signal }) => (await ask(`${placeOf(orderId)}/receipts`, { signal })) as Receipts,
  });

export const parkedOrderOf = (orderId: string) =>
  queryOptions({
    queryKey: ['parked', orderId],
    queryFn: async ({ signal }) => (await ask(`/parked/${encodeURIComponent(orderId)}`, { signal })) as ParkedDetail,
  });

export const allSchemas = queryOptions({
  queryKey: ['schemas'],
  queryFn: async ({ signal }) => (await ask('/schemas', { signal })) as Schemas,
});

export const countsBetween = (from: string, to: string, points: number) =>
  queryOptions({
    queryKey: ['counts', from, to, points],
    queryFn: async ({ signal }) =>
      (await ask(withQuery('/status-counts/series', { from, to, points }), { signal })) as CountsSeries,
    placeholderData: keepPreviousData,
  });

export const ordersAtInstant = (at: string, status: Status) =>
  infiniteQueryOptions({
    queryKey: ['orders-at', at, status],
    initialPageParam: '',
    queryFn: async ({ signal, pageParam }) =>
      (await ask(withQuery('/status-counts', { at, status, after: pageParam }), { signal })) as OrdersAt,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

export const knownRestaurants = queryOptions({
  queryKey: ['restaurants'],
  queryFn: async ({ signal }) => (await ask('/restaurants', { signal })) as Restaurants,
});

export const demoOrderOf = (orderId: string) =>
  queryOptions({
    queryKey: ['demo', orderId],
    queryFn: async ({ signal }) => (await ask(`/demo-orders/${encodeURIComponent(orderId)}`, { signal })) as DemoOrder,
  });
