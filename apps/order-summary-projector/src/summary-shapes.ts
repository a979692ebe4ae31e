import { z } from 'zod';

const status = z.enum(['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered', 'Cancelled']);
const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/u, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -');

export const orderIdParam = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u, 'must be a lower-case UUID');

export const summariesQuery = z.strictObject({
  status: status.optional(),
  customerId: id.optional(),
  restaurantId: id.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const summary = z
  .object({
    orderId: z.string(),
    version: z.int(),
    status: z.string(),
    customerId: z.string(),
    restaurantId: z.string(),
    currency: z.string(),
    total: z.string(),
    paid: z.string(),
    refunded: z.string(),
    itemCount: z.int(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Summary' });

export const page = z.object({ items: z.array(summary), next: z.string().nullable() });
