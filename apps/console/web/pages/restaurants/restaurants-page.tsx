import './restaurants.css';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Restaurants } from '../../../src/order-shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { TextField } from '../../elements/field.tsx';
import { AwayNotice, Empty } from '../../elements/notice.tsx';
import { Page, Panel } from '../../elements/page.tsx';
import { Table } from '../../elements/table.tsx';
import { Age } from '../../elements/time.tsx';
import { knownRestaurants } from '../../server/questions.ts';
import { Board } from './board.tsx';

/** With a restaurant, its board, live; the list of the others stays below. */
export const RestaurantsPage = ({ restaurantId }: { restaurantId?: string }): ReactNode => (
  <Page
    title={typeof restaurantId === 'string' ? `Restaurant ${restaurantId}` : 'Restaurants'}
    lead="What a kitchen sees: its open orders as they move, and how its day goes."
  >
    {typeof restaurantId === 'string' && <Board key={restaurantId} restaurantId={restaurantId} />}
    <Panel title="Restaurants with orders">
      <div className="stack">
        <OpenBoard />
        <Answer to={useQuery(knownRestaurants)} what="the restaurants">
          {(restaurants) => <Known restaurants={restaurants} />}
        </Answer>
      </div>
    </Panel>
  </Page>
);

const OpenBoard = (): ReactNode => {
  const [id, setId] = useState('');
  const [, go] = useLocation();
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (id.trim() !== '') go(`/restaurants/${encodeURIComponent(id.trim())}`);
      }}
    >
      <TextField label="Restaurant id" placeholder="r-7" value={id} onText={setId} />
      <button type="submit" className="beside">
        Open its board
      </button>
    </form>
  );
};

const shownAtFirst = 20;

const Known = ({ restaurants: { items, away } }: { restaurants: Restaurants }): ReactNode => {
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <AwayNotice away={away} />
      {items.length === 0 && away.length === 0 && (
        <Empty title="No restaurant has orders yet">
          <Link href="/try">Place the first one</Link>
        </Empty>
      )}
      {items.length > 0 && (
        <Table
          caption="The one with the newest order first"
          rows={isWhole ? items : items.slice(0, shownAtFirst)}
          keyOf={({ restaurantId }) => restaurantId}
          columns={[
            {
              head: 'Restaurant',
              cell: ({ restaurantId }) => <Link href={`/restaurants/${restaurantId}`}>{restaurantId}</Link>,
            },
            { head: 'Recent orders', isNumber: true, cell: ({ recentOrders }) => recentOrders },
            { head: 'Newest', cell: ({ lastOrderAt }) => <Age since={lastOrderAt} /> },
          ]}
        />
      )}
      {items.length > shownAtFirst && !isWhole && (
        <div className="row">
          <button type="button" onClick={() => setWhole(true)}>
            All {items.length} restaurants
          </button>
        </div>
      )}
    </>
  );
};
