import { z } from 'zod';

const status = z.enum(['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered', 'Cancelled']);
const instant = z.iso.datetime();

export const customerIdParam = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/u, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -');

export const pageQuery = z.strictObject({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const summary = z
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

export const summaryPage = z.object({ items: z.array(summary), next: z.string().nullable() });
