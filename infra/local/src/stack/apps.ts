import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PortName } from '../ports/port-plan.ts';

type Place = { readonly name: PortName; readonly folder: string };
type WithDatabase<Kind> = Place & { readonly kind: Kind; readonly database: string };

/** One app of the stack: a folder below apps/, its port (by the app's name) and, but for the console, its database. */
export type StackApp =
  | WithDatabase<'command'>
  | WithDatabase<'projector'>
  | WithDatabase<'supervisor'>
  | (Place & { readonly kind: 'console' });
export type DatabaseApp = Extract<StackApp, { database: string }>;

export const hasDatabase = (app: StackApp): app is DatabaseApp => app.kind !== 'console';

/** Every app there is. Those whose folder has no src/main.ts are left out by `presentApps`. */
export const stackApps: readonly StackApp[] = [
  { name: 'order-command', folder: 'order-command', kind: 'command', database: 'orders' },
  { name: 'order-summary', folder: 'order-summary-projector', kind: 'projector', database: 'order_summary' },
  {
    name: 'restaurant-dashboard',
    folder: 'restaurant-dashboard-projector',
    kind: 'projector',
    database: 'restaurant_dashboard',
  },
  { name: 'customer-history', folder: 'customer-history-projector', kind: 'projector', database: 'customer_history' },
  { name: 'analytics', folder: 'analytics-projector', kind: 'projector', database: 'analytics' },
  { name: 'relay-supervisor', folder: 'relay-supervisor', kind: 'supervisor', database: 'orders' },
  { name: 'console', folder: 'console', kind: 'console' },
];

export const presentApps = (repository: string): readonly StackApp[] =>
  stackApps.filter(({ folder }) => existsSync(join(repository, 'apps', folder, 'src', 'main.ts')));
