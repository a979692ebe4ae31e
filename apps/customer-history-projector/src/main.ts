import { runProjector } from '@orderline/projector-host';
import { customerHistoryApp } from './app.ts';

await runProjector(customerHistoryApp);
