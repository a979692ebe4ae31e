import { z } from 'zod';

export const openStatuses = ['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery'] as const;

const instant = z.iso.datetime();
const count = z.int();

/** `open` and `openOrders` are of now, the rest is of `date`. */
export const dashboardAnswer = z
  .object({
    restaurantId: z.string(),
    date: z.iso.date(),
    open: z.record(z.enum(openStatuses), count),
    openOrders: z.array(
      z.object({
        orderId: z.uuid(),
        version: z.int(),
        status: z.enum(openStatuses),
        since: instant,
        estimatedReadyAt: instant.nullable(),
      }),
    ),
    today: z.object({
      created: count,
      delivered: count,
      cancelled: count,
      revenue: z.array(z.object({ currency: z.string(), amount: z.string() })),
    }),
    preparation: z.object({ count, averageSeconds: z.int(), maxSeconds: z.int() }),
  })
  .meta({ id: 'Dashboard' });

export type Dashboard = z.output<typeof dashboardAnswer>;
