import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { shortId } from './format.ts';

type IdLinkProps = { href: string; what: string; id: string; after?: string };

/** In sight the ends of an id, in its name the whole: who listens, and who looks for it, has no use for a part. */
export const IdLink = ({ href, what, id, after = '' }: IdLinkProps): ReactNode => (
  <Link href={href} className="mono" title={id}>
    <span className="unseen">
      {what} {id} {after}
    </span>
    <span aria-hidden="true">{shortId(id)}</span>
  </Link>
);

export const OrderLink = ({ id }: { id: string }): ReactNode => <IdLink href={`/orders/${id}`} what="Order" id={id} />;
