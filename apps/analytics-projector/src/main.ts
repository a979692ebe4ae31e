import { runProjector } from '@orderline/projector-host';
import { analyticsApp } from './app.ts';

await runProjector(analyticsApp);
