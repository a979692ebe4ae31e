import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { StatusBadge } from '../../elements/badge.tsx';
import { stateAtVersion } from '../../server/questions.ts';

/** What the order is now, in one line, with the ways to its neighbours. */
export const OrderHead = ({ orderId, head }: { orderId: string; head: number }): ReactNode => {
  const { data: order } = useQuery(stateAtVersion(orderId, head));
  if (order === undefined) return null;
  const { customerId, restaurantId, total, paid, currency } = order;
  return (
    <p className="row" role="status" aria-label="The order now">
      <StatusBadge status={order.status} />
      <span className="figures">version {order.version}</span>
      <span className="figures">
        {total} {currency}, {paid} paid
      </span>
      <Link href={`/orders?customerId=${encodeURIComponent(customerId)}`}>orders of {customerId}</Link>
      <Link href={`/restaurants/${encodeURIComponent(restaurantId)}`}>board of {restaurantId}</Link>
    </p>
  );
};
