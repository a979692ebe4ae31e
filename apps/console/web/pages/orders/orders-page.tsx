import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Orders } from '../../../src/order-shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { More } from '../../elements/more.tsx';
import { AwayNotice, Empty } from '../../elements/notice.tsx';
import { Page, Panel } from '../../elements/page.tsx';
import { ordersLike, type OrderFilter } from '../../server/questions.ts';
import { OrderFilterForm } from './order-filter-form.tsx';
import { OrderTable } from './order-table.tsx';

/** The filter is in the address, so that what was found can be sent to somebody. */
const filterFrom = (search: URLSearchParams): OrderFilter => ({
  q: search.get('q') ?? '',
  status: search.get('status') ?? '',
  customerId: search.get('customerId') ?? '',
  restaurantId: search.get('restaurantId') ?? '',
});

export const OrdersPage = (): ReactNode => {
  const [search, setSearch] = useSearchParams();
  const filter = filterFrom(search);
  const pages = useInfiniteQuery(ordersLike(filter));
  const apply = (wanted: OrderFilter): void => {
    setSearch(new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== '')));
  };
  return (
    <Page title="Orders" lead="As the order-summary read model knows them, newest first.">
      <Panel title="Search">
        <OrderFilterForm key={search.toString()} filter={filter} onApply={apply} />
      </Panel>
      <Panel
        title="Found"
        actions={
          <button type="button" onClick={() => void pages.refetch()} aria-disabled={pages.isFetching}>
            {pages.isFetching ? 'Looking…' : 'Look again'}
          </button>
        }
      >
        <Answer to={pages} what="orders">
          {(found) => <Found found={found} isFiltered={search.size > 0} />}
        </Answer>
        <More pages={pages} what="orders" />
      </Panel>
    </Page>
  );
};

const Found = ({ found, isFiltered }: { found: InfiniteData<Orders>; isFiltered: boolean }): ReactNode => {
  const orders = found.pages.flatMap(({ items }) => items);
  const away = found.pages.at(-1)?.away ?? [];
  return (
    <>
      <AwayNotice away={away} />
      {orders.length > 0 && <OrderTable orders={orders} />}
      {orders.length === 0 && away.length === 0 && (
        <Empty title={isFiltered ? 'No order is like that' : 'There are no orders yet'}>
          {isFiltered ? 'Ids have to be whole.' : <Link href="/try">Place the first one</Link>}
        </Empty>
      )}
    </>
  );
};
