import { lazy, Suspense, type ReactNode } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { LiveRegion } from './elements/announce.tsx';
import { Boundary } from './elements/boundary.tsx';
import { Loading } from './elements/notice.tsx';
import { Side } from './frame/side.tsx';
import { TroubleList } from './frame/trouble-list.tsx';
import { LostPage } from './pages/lost-page.tsx';
import { PipelinePage } from './pages/pipeline/pipeline-page.tsx';

/** The first page comes with the script; the others when they are gone to. */
const TryPage = lazy(async () => ({ default: (await import('./pages/try-it/try-page.tsx')).TryPage }));
const OrdersPage = lazy(async () => ({ default: (await import('./pages/orders/orders-page.tsx')).OrdersPage }));
const OrderPage = lazy(async () => ({ default: (await import('./pages/order/order-page.tsx')).OrderPage }));
const ProjectionsPage = lazy(async () => ({
  default: (await import('./pages/projections/projections-page.tsx')).ProjectionsPage,
}));
const ParkedPage = lazy(async () => ({ default: (await import('./pages/parked/parked-page.tsx')).ParkedPage }));
const SchemasPage = lazy(async () => ({ default: (await import('./pages/schemas/schemas-page.tsx')).SchemasPage }));
const TimeMachinePage = lazy(async () => ({
  default: (await import('./pages/time-machine/time-machine-page.tsx')).TimeMachinePage,
}));
const RestaurantsPage = lazy(async () => ({
  default: (await import('./pages/restaurants/restaurants-page.tsx')).RestaurantsPage,
}));

export const App = (): ReactNode => (
  <div className="frame">
    <a className="skip" href="#content">
      Skip to the content
    </a>
    <Side />
    <main className="content" id="content">
      <TroubleList />
      <Boundary key={useLocation()[0]} what="The page">
        <Suspense fallback={<Loading what="the page" />}>
          <Switch>
            <Route path="/" component={PipelinePage} />
            <Route path="/try" component={TryPage} />
            <Route path="/orders" component={OrdersPage} />
            <Route path="/orders/:orderId">{({ orderId }) => <OrderPage key={orderId} orderId={orderId} />}</Route>
            <Route path="/projections" component={ProjectionsPage} />
            <Route path="/parked">
              <ParkedPage />
            </Route>
            <Route path="/parked/:orderId">{({ orderId }) => <ParkedPage orderId={orderId} />}</Route>
            <Route path="/schemas" component={SchemasPage} />
            <Route path="/time-machine" component={TimeMachinePage} />
            <Route path="/restaurants">
              <RestaurantsPage />
            </Route>
            <Route path="/restaurants/:restaurantId">
              {({ restaurantId }) => <RestaurantsPage restaurantId={restaurantId} />}
            </Route>
            <Route component={LostPage} />
          </Switch>
        </Suspense>
      </Boundary>
    </main>
    <LiveRegion />
  </div>
);
