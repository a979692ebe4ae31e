import { z } from 'zod';
import { away, change, status } from './shapes.ts';

/** The answers of the console's API about orders and restaurants; as in shapes.ts. Money is decimal text. */

const instant = z.iso.datetime();
const withAway = { away: z.array(away) };
const nullableText = z.string().nullable();

export const summary = z
  .object({
    orderId: z.string(),
    version: z.int(),
    status,
    customerId: z.string(),
    restaurantId: z.string(),
    currency: z.string(),
    total: z.string(),
    paid: z.string(),
    refunded: z.string(),
    itemCount: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Summary' });
export type Summary = z.output<typeof summary>;

/** `GET /api/orders?q=&status=&customerId=&restaurantId=&after=`: newest first; `q` is an order's id, or a customer's or restaurant's. */
export const orders = z
  .object({ items: z.array(summary), next: z.string().nullable(), ...withAway })
  .meta({ id: 'Orders' });
export type Orders = z.output<typeof orders>;

export const order = z
  .object({
    orderId: z.string(),
    version: z.int(),
    status,
    customerId: z.string(),
    restaurantId: z.string(),
    currency: z.string(),
    items: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int(), unitPrice: z.string() })),
    total: z.string(),
    paid: z.string(),
    refunded: z.string(),
    deliveryAddress: nullableText,
    notes: nullableText,
    courier: nullableText,
    trackingId: nullableText,
    signedBy: nullableText,
    estimatedReadyAt: instant.nullable(),
    cancelReason: nullableText,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Order' });
export type Order = z.output<typeof order>;

export const orderEvent = z
  .object({
    eventId: z.string(),
    orderId: z.string(),
    version: z.int(),
    type: z.string(),
    schemaVersion: z.int(),
    storedSchemaVersion: z.int(),
    occurredAt: instant,
    recordedAt: instant,
    actor: z.object({ id: z.string(), role: z.string() }),
    correlationId: z.string(),
    causationId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'OrderEvent' });
export type OrderEvent = z.output<typeof orderEvent>;

/** `GET /api/orders/{id}/timeline`, oldest first. */
export const timeline = z.object({ orderId: z.string(), events: z.array(orderEvent) }).meta({ id: 'Timeline' });
export type Timeline = z.output<typeof timeline>;

// `GET /api/orders/{id}/state?version=|at=` answers `Order`.

/** `GET /api/orders/{id}/difference?from=&to=` (versions; `from=0`: before it was there), with the events in between. */
export const difference = z
  .object({
    orderId: z.string(),
    from: z.int(),
    to: z.int(),
    changes: z.array(change),
    events: z.array(z.object({ version: z.int(), type: z.string(), recordedAt: instant })),
  })
  .meta({ id: 'Difference' });
export type Difference = z.output<typeof difference>;

/**
 * `GET /api/orders/{id}/receipts`: per version, oldest first, when it was recorded and where it lies in the topic (`at`: the
 * record's own time; `copies` above 1 where another one was met); per projection up to which version it is applied, and when.
 * `relayed` is null where it is not in the topic, or `isTopicKnown` is false.
 */
export const receipts = z
  .object({
    orderId: z.string(),
    isTopicKnown: z.boolean(),
    versions: z.array(
      z.object({
        version: z.int(),
        type: z.string(),
        recordedAt: instant,
        relayed: z.object({ partition: z.int(), offset: z.int(), at: instant, copies: z.int() }).nullable(),
      }),
    ),
    projections: z.array(
      z.object({
        app: z.string(),
        projection: z.string(),
        generation: z.int(),
        state: z.enum(['serving', 'filling', 'caught_up', 'standby']),
        /** 0 where it has not seen the order. */
        version: z.int(),
        appliedAt: instant.nullable(),
        parked: z.boolean(),
      }),
    ),
    ...withAway,
  })
  .meta({ id: 'Receipts' });
export type Receipts = z.output<typeof receipts>;

/** `GET /api/restaurants`: those of the newest orders, the one with the newest order first. */
export const restaurants = z
  .object({
    items: z.array(z.object({ restaurantId: z.string(), recentOrders: z.int(), lastOrderAt: instant })),
    ...withAway,
  })
  .meta({ id: 'Restaurants' });
export type Restaurants = z.output<typeof restaurants>;

/** `event: dashboard` of `GET /api/restaurants/{id}/stream`, as the restaurant dashboard gives it. */
export const dashboard = z
  .object({
    restaurantId: z.string(),
    date: z.string(),
    open: z.record(z.enum(['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery']), z.int()),
    openOrders: z.array(
      z.object({ orderId: z.string(), version: z.int(), status, since: instant, estimatedReadyAt: instant.nullable() }),
    ),
    today: z.object({
      created: z.int(),
      delivered: z.int(),
      cancelled: z.int(),
      revenue: z.array(z.object({ currency: z.string(), amount: z.string() })),
    }),
    preparation: z.object({ count: z.int(), averageSeconds: z.number(), maxSeconds: z.number() }),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.output<typeof dashboard>;

export const demoSteps = ['pay', 'confirm', 'start-preparing', 'mark-ready', 'dispatch', 'deliver', 'cancel'] as const;
export const demoStep = z.enum(demoSteps);
export type DemoStep = z.output<typeof demoStep>;

/** Body of `POST /api/demo-orders`: all may be left out. */
export const demoOrderBody = z
  .strictObject({
    customerId: z.string().optional(),
    restaurantId: z.string().optional(),
    dish: z.string().max(200).optional(),
    quantity: z.int().min(1).max(999).optional(),
    unitPrice: z.string().optional(),
    currency: z.string().optional(),
  })
  .optional();
export type DemoOrderBody = NonNullable<z.input<typeof demoOrderBody>>;

/** `POST /api/demo-orders`, `GET /api/demo-orders/{id}`, `POST /api/demo-orders/{id}/{step}`: the order, and what can come next, likeliest first. */
export const demoOrder = z.object({ order, next: z.array(demoStep) }).meta({ id: 'DemoOrder' });
export type DemoOrder = z.output<typeof demoOrder>;

/** The body of every failure; `part` names the part that is away with code `part_away` (503). */
export type ApiProblem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  part?: string;
  errors?: { path: string; message: string }[];
  currentVersion?: number;
};
