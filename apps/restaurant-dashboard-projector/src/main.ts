import { runProjector } from '@orderline/projector-host';
import { restaurantDashboardApp } from './app.ts';

await runProjector(restaurantDashboardApp);
