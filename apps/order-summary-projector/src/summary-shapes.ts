import { idParam, pageFields, statuses } from '@orderline/read-models';
import { z } from 'zod';

export const orderIdParam = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u, 'must be a lower-case UUID');

export const summariesQuery = z.strictObject({
  status: z.enum(statuses).optional(),
  customerId: idParam.optional(),
  restaurantId: idParam.optional(),
  ...pageFields,
});
