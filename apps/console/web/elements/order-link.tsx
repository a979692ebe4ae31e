import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { shortId } from './format.ts';

export const OrderLink = ({ id }: { id: string }): ReactNode => (
  <Link href={`/orders/${id}`} className="mono" title={id} aria-label={`Order ${id}`}>
    {shortId(id)}
  </Link>
);
