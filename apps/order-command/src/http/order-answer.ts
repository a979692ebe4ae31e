import { formatMoney } from '@orderline/money';
import { statuses } from '@orderline/ordering';
import type { FastifyReply } from '@orderline/service-host';
import { z } from 'zod';
import type { OrderAtVersion } from '../reading/order-at-version.ts';
import { formatInstant } from './instant.ts';

const money = z.string().meta({ description: "Decimal with exactly the currency's decimals", examples: ['12.50'] });
const instant = z.string().meta({ format: 'date-time' });
const text = z.string().nullable();

/** An order as commands and reads answer it. */
export const orderAnswer = z
  .object({
    orderId: z.string(),
    version: z.int(),
    status: z.enum(statuses),
    customerId: z.string(),
    restaurantId: z.string(),
    currency: z.string(),
    items: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int(), unitPrice: money })),
    total: money,
    paid: money,
    refunded: money,
    deliveryAddress: text,
    notes: text,
    courier: text,
    trackingId: text,
    signedBy: text,
    estimatedReadyAt: instant.nullable(),
    cancelReason: text,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Order' });

export type OrderAnswer = z.infer<typeof orderAnswer>;

/** The order with its money in decimals; version, entity tag and, for a new one, its address go into the headers. */
export const answerOrder = (reply: FastifyReply, at: OrderAtVersion, status = 200): OrderAnswer => {
  void reply.code(status).headers({ 'x-event-version': String(at.version), etag: `"${at.version}"` });
  if (status === 201) void reply.header('location', `/orders/${at.orderId}`);
  return toOrderAnswer(at);
};

export const toOrderAnswer = ({ orderId, version, order, createdAt, updatedAt }: OrderAtVersion): OrderAnswer => {
  const amount = (minor: number): string => formatMoney(minor, order.currency);
  return {
    orderId,
    version,
    status: order.status,
    customerId: order.customerId,
    restaurantId: order.restaurantId,
    currency: order.currency,
    items: order.items.map(({ sku, name, quantity, unitPriceMinor }) => ({
      sku,
      name,
      quantity,
      unitPrice: amount(unitPriceMinor),
    })),
    total: amount(order.totalMinor),
    paid: amount(order.paidMinor),
    refunded: amount(order.refundedMinor),
    deliveryAddress: order.deliveryAddress,
    notes: order.notes,
    courier: order.courier,
    trackingId: order.trackingId,
    signedBy: order.signedBy,
    estimatedReadyAt: order.estimatedReadyAt === null ? null : formatInstant(order.estimatedReadyAt),
    cancelReason: order.cancelReason,
    createdAt: formatInstant(createdAt),
    updatedAt: formatInstant(updatedAt),
  };
};
