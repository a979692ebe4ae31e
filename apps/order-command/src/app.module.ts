import { randomUUIDv7 } from 'node:crypto';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { SchemaIds } from '@orderline/contracts';
import { createEventStore, eventStoreSession, type EventStore } from '@orderline/event-store';
import { createPool, type Pool } from '@orderline/postgres';
import { LOGGER, METRICS, type Logger, type Registry } from '@orderline/service-host';
import { AddItemController } from './add-item/add-item.controller.ts';
import { CancelOrderController } from './cancel-order/cancel-order.controller.ts';
import { Admission } from './commands/admission.ts';
import type { AppendParts } from './commands/append-decided.ts';
import { createCommandMetrics } from './commands/command-metrics.ts';
import { createCommandHandling, type HandleCommand } from './commands/handle-command.ts';
import { OrderQueue } from './commands/order-queue.ts';
import { readSchemaIds } from './commands/read-schema-ids.ts';
import { rememberOutcome } from './commands/remember-outcome.ts';
import type { Config } from './config.ts';
import { ConfirmOrderController } from './confirm-order/confirm-order.controller.ts';
import { CreateOrderController } from './create-order/create-order.controller.ts';
import { DatabaseLife } from './database-life.ts';
import { DeliverOrderController } from './deliver-order/deliver-order.controller.ts';
import { DispatchOrderController } from './dispatch-order/dispatch-order.controller.ts';
import { Housekeeping } from './housekeeping/housekeeping.ts';
import { MarkReadyController } from './mark-ready/mark-ready.controller.ts';
import { ReadEventsController } from './read-events/read-events.controller.ts';
import { ReadOrderController } from './read-order/read-order.controller.ts';
import { ReadTimelineController } from './read-timeline/read-timeline.controller.ts';
import { createOrderReading } from './reading/order-reading.ts';
import { RecordPaymentController } from './record-payment/record-payment.controller.ts';
import { RefundPaymentController } from './refund-payment/refund-payment.controller.ts';
import { RemoveItemController } from './remove-item/remove-item.controller.ts';
import { RepublishOrderController } from './republish-order/republish-order.controller.ts';
import { StartPreparingController } from './start-preparing/start-preparing.controller.ts';
import { ADMISSION, APPENDING, EVENT_STORE, HANDLE_COMMAND, ORDER_READING, POOL, SCHEMA_IDS } from './tokens.ts';
import { UpdateOrderController } from './update-order/update-order.controller.ts';

const controllers = [
  CreateOrderController,
  AddItemController,
  RemoveItemController,
  UpdateOrderController,
  RecordPaymentController,
  RefundPaymentController,
  ConfirmOrderController,
  StartPreparingController,
  MarkReadyController,
  DispatchOrderController,
  DeliverOrderController,
  CancelOrderController,
  ReadOrderController,
  ReadEventsController,
  ReadTimelineController,
  RepublishOrderController,
];

const providers = (config: Config): Provider[] => [
  {
    provide: POOL,
    inject: [LOGGER],
    useFactory: (logger: Logger): Pool =>
      createPool({
        databaseUrl: config.databaseUrl,
        applicationName: 'order-command',
        max: config.databasePoolSize,
        connectTimeoutMs: config.databaseConnectTimeoutMs,
        queryTimeoutMs: config.databaseQueryTimeoutMs,
        session: eventStoreSession,
        onIdleError: (error) => logger.warn({ err: error }, 'a database connection broke'),
      }),
  },
  {
    provide: SCHEMA_IDS,
    inject: [POOL],
    useFactory: (pool: Pool): Promise<SchemaIds> => readSchemaIds(pool, new URL(config.databaseUrl).host),
  },
  { provide: EVENT_STORE, inject: [POOL], useFactory: (pool: Pool): EventStore => createEventStore(pool) },
  { provide: ADMISSION, useFactory: (): Admission => new Admission(config.mostPendingRequests) },
  {
    provide: APPENDING,
    inject: [EVENT_STORE, SCHEMA_IDS, METRICS],
    useFactory: (store: EventStore, schemaIds: SchemaIds, registry: Registry): AppendParts => ({
      store,
      schemaIds,
      metrics: createCommandMetrics(registry),
      newEventId: randomUUIDv7,
      snapshotEvery: config.snapshotEvery,
    }),
  },
  {
    provide: HANDLE_COMMAND,
    inject: [APPENDING, POOL, ADMISSION],
    useFactory: (appending: AppendParts, pool: Pool, admission: Admission): HandleCommand =>
      createCommandHandling({
        ...appending,
        remember: (receipt) => rememberOutcome(pool, receipt),
        queue: new OrderQueue(config.mostPendingPerOrder),
        admission,
      }),
  },
  { provide: ORDER_READING, inject: [EVENT_STORE, ADMISSION], useFactory: createOrderReading },
  DatabaseLife,
  Housekeeping,
];

@Module({})
export class OrderCommandModule {
  static with(config: Config): DynamicModule {
    return { module: OrderCommandModule, controllers, providers: providers(config) };
  }
}
