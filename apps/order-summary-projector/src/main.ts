import { runProjector } from '@orderline/projector-host';
import { orderSummaryApp } from './app.ts';

await runProjector(orderSummaryApp);
