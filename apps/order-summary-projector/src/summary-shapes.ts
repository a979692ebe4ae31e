import { statuses } from '@orderline/read-models';
import { z } from 'zod';

const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/u, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -');

export const orderIdParam = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u, 'must be a lower-case UUID');

export const summariesQuery = z.strictObject({
  status: z.enum(statuses).optional(),
  customerId: id.optional(),
  restaurantId: id.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
