import { compare, isVisible, minorUnits, readJson, tally, type ReadModel, type WrittenOrder } from './read-model.ts';

type Dashboard = {
  open: Record<string, number>;
  openOrders: { orderId: string }[];
  today: { created: number; delivered: number; cancelled: number; revenue: { currency: string; amount: string }[] };
};

const closed = ['Delivered', 'Cancelled'];

export const restaurantDashboard = (url: string): ReadModel => ({
  projection: 'restaurant-dashboard',
  awaitVersion: (version) => isVisible(`${url}/restaurants/${version.restaurantId}/dashboard`, version),
  mismatches: async (written) => {
    const lines: string[] = [];
    const days = daysBetween(written);
    for (const restaurant of new Set(written.map(({ restaurantId }) => restaurantId))) {
      const orders = written.filter(({ restaurantId }) => restaurantId === restaurant);
      const dashboards = await Promise.all(
        days.map((day) => readJson<Dashboard>(`${url}/restaurants/${restaurant}/dashboard?date=${day}`)),
      );
      lines.push(...compare(restaurant, expected(orders), shownOver(dashboards)));
    }
    return lines;
  },
});

/** The run may cross midnight: what happened on each of its days is added up. */
const daysBetween = (written: WrittenOrder[]): string[] => [
  ...new Set(written.flatMap(({ createdAt, updatedAt }) => [createdAt.slice(0, 10), updatedAt.slice(0, 10)])),
];

const expected = (orders: WrittenOrder[]) => {
  const open = orders.filter(({ status }) => !closed.includes(status));
  const net = ({ paid, refunded }: WrittenOrder): number => minorUnits(paid) - minorUnits(refunded);
  return {
    open: {
      Created: 0,
      Confirmed: 0,
      Preparing: 0,
      Ready: 0,
      OutForDelivery: 0,
      ...tally(open, ({ status }) => status),
    },
    openOrders: open.map(({ orderId }) => orderId).sort(),
    created: orders.length,
    delivered: orders.filter(({ status }) => status === 'Delivered').length,
    cancelled: orders.filter(({ status }) => status === 'Cancelled').length,
    revenue: withoutZeros(tally(orders, ({ currency }) => currency, net)),
  };
};

const shownOver = (dashboards: Dashboard[]) => {
  const [newest] = dashboards;
  const sum = (field: 'created' | 'delivered' | 'cancelled'): number =>
    dashboards.reduce((total, { today }) => total + today[field], 0);
  const revenue = dashboards.flatMap(({ today }) => today.revenue);
  return {
    open: newest?.open ?? {},
    openOrders: (newest?.openOrders ?? []).map(({ orderId }) => orderId).sort(),
    created: sum('created'),
    delivered: sum('delivered'),
    cancelled: sum('cancelled'),
    revenue: withoutZeros(
      tally(
        revenue,
        ({ currency }) => currency,
        ({ amount }) => minorUnits(amount),
      ),
    ),
  };
};

const withoutZeros = (sums: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(sums)
      .filter(([, sum]) => sum !== 0)
      .sort(),
  );
