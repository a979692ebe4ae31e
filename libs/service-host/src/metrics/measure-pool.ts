import { Gauge, type Registry } from 'prom-client';

/** What is asked of a pool of database connections; that of `pg` fits. */
type MeasuredPool = {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
};

/** Shows how many connections of the pool are in use and idle, how many there may be, and how many statements wait for one. */
export const measurePool = (registry: Registry, pool: MeasuredPool): void => {
  const connections: Gauge<'state'> = new Gauge({
    name: 'orderline_database_connections',
    help: 'Open connections to the database, in use or idle',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      connections.set({ state: 'in_use' }, pool.totalCount - pool.idleCount);
      connections.set({ state: 'idle' }, pool.idleCount);
    },
  });
  gauge(registry, 'connections_limit', 'Connections to the database that there may be at once', () => pool.options.max);
  gauge(registry, 'waiting', 'Statements and transactions that wait for a connection', () => pool.waitingCount);
};

const gauge = (registry: Registry, name: string, help: string, read: () => number): void => {
  const made: Gauge = new Gauge({
    name: `orderline_database_${name}`,
    help,
    registers: [registry],
    collect: () => {
      made.set(read());
    },
  });
};
