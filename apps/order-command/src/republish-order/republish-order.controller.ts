import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { SchemaIds } from '@orderline/contracts';
import type { EventStore } from '@orderline/event-store';
import { Documented } from '@orderline/service-host';
import { z } from 'zod';
import type { Admission } from '../commands/admission.ts';
import { toRefusal } from '../http/refusal.ts';
import { orderIdField } from '../http/request-fields.ts';
import { ADMISSION, EVENT_STORE, SCHEMA_IDS } from '../tokens.ts';
import { republishOrder } from './republish-order.ts';

/** PostgreSQL's int: no version is above it. */
const mostVersion = 2_147_483_647;

const republishOrderBody = z
  .strictObject({
    fromVersion: z
      .int()
      .min(1)
      .max(mostVersion)
      .optional()
      .meta({ description: 'The first version to send; default 1' }),
    dryRun: z.boolean().optional().meta({ description: 'Only say what would be sent' }),
  })
  .optional()
  .meta({ id: 'RepublishOrder' });

const republished = z
  .object({
    orderId: z.string(),
    fromVersion: z.int(),
    toVersion: z.int().meta({ description: "The order's head" }),
    records: z.int(),
    dryRun: z.boolean(),
  })
  .meta({ id: 'RepublishedOrder' });

@Controller('orders')
export class RepublishOrderController {
  private readonly parts: { store: EventStore; schemaIds: SchemaIds };
  private readonly admission: Admission;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(SCHEMA_IDS) schemaIds: SchemaIds,
    @Inject(ADMISSION) admission: Admission,
  ) {
    this.parts = { store, schemaIds };
    this.admission = admission;
  }

  @Post(':id/republish')
  @HttpCode(200)
  @Documented({
    summary: "Send an order's events to the topic again, same event ids, in the present schemas; nothing is changed",
    responses: { 200: { description: 'What was sent, or would be', schema: republished } },
    problems: {
      404: ['order_not_found', 'version_not_found'],
      409: ['version_conflict'],
      413: ['body_too_large'],
      415: ['unsupported_media_type'],
      429: ['too_busy'],
      503: ['unavailable', 'newer_history'],
    },
  })
  async republishOrder(
    @Param('id', { schema: orderIdField }) orderId: string,
    @Body({ schema: republishOrderBody }) body: z.infer<typeof republishOrderBody>,
  ): Promise<z.infer<typeof republished>> {
    const { fromVersion = 1, dryRun = false } = body ?? {};
    const wanted = { orderId, fromVersion, dryRun };
    return this.admission
      .run(() => republishOrder(this.parts, wanted))
      .catch((error: unknown) => {
        throw toRefusal(error);
      });
  }
}
